import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../common/language'
import { Icon } from './Icon'

type Props = { title: string; onClose: () => void; full?: boolean; children: ReactNode }

/** Something over the page: the browser's own dialog keeps the focus in it, and Escape or the phone's back closes it. */
export function Sheet({ title, onClose, full = false, children }: Props) {
  const t = useText()
  const box = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = box.current!
    dialog.showModal()
    return () => dialog.close()
  }, [])
  return (
    <dialog ref={box} className={full ? 'sheet full' : 'sheet'} aria-label={title} onCancel={(event) => { event.preventDefault(); onClose() }}>
      <header>
        <h2>{title}</h2>
        <button type="button" className="round" onClick={onClose} aria-label={t('common.close')}><Icon name="close" /></button>
      </header>
      {children}
    </dialog>
  )
}
