import { Modal } from 'antd'
import { useKeyList } from '../../common/keyboard'
import { useText } from '../../common/language'

/** Every key that is in force on the present screen. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
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
