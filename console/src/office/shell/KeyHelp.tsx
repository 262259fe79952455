import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { type RefObject, startTransition, useState } from 'react'
import { useKeyList } from '../../common/keyboard'
import { useText } from '../../common/language'

/** Every key that is in force on the present screen: by a button, and by whoever calls the opener. */
export function KeyHelp({ opener, button }: { opener: RefObject<() => void>; button: boolean }) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const show = (next: boolean) => startTransition(() => setOpen(next))
  opener.current = () => show(true)
  return (
    <>
      {button && <Button type="text" icon={<QuestionCircleOutlined />} aria-label={t('shell.keys')} title={`${t('shell.keys')} (?)`} onClick={() => show(true)} />}
      <Keys open={open} onClose={() => show(false)} />
    </>
  )
}

function Keys({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [t, groups] = [useText(), useKeyList()]
  return (
    <Modal open={open} onCancel={onClose} title={t('shell.keys')} footer={null} width={480}>
      {groups.map((group, at) => (
        <section key={at} className="keys">
          <h3>{group.title}</h3>
          <dl>
            {group.uses.map((use) => (
              <div key={use.keys}>
                <dt>{use.keys.split(' ').map((key, at) => <kbd key={at}>{key}</kbd>)}</dt>
                <dd>{use.title}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  )
}
