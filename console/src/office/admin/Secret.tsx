import { Alert, Button, Modal, Typography } from 'antd'
import { useText } from '../../common/language'

type Props = { title: string; about: string; secret: string | null; onClose: () => void }

/** Something that is shown this once; it goes only when whoever looks says that they have it. */
export function Secret({ title, about, secret, onClose }: Props) {
  const t = useText()
  return (
    <Modal open={secret !== null} title={title} closable={false} keyboard={false} mask={{ closable: false }} width={480} destroyOnHidden footer={<Button type="primary" onClick={onClose}>{t('admin.secret_kept')}</Button>}>
      <Alert type="warning" showIcon title={t('admin.secret_once')} description={about} className="form-alert" />
      <Typography.Text code copyable className="secret">{secret ?? ''}</Typography.Text>
    </Modal>
  )
}
