import { Button, Result } from 'antd'
import { Link } from 'react-router'
import { type Key, useText } from '../../common/language'

/** No such page, or none for this person. */
export function Missing({ title }: { title: Key }) {
  const t = useText()
  return <Result status="404" title={t(title)} extra={<Link to="/"><Button type="primary">{t('shell.back_home')}</Button></Link>} />
}
