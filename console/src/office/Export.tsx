import { DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useText } from '../common/language'

type Format = 'csv' | 'xlsx' | 'geojson'

/** A list as a file of one's choice: plain links, so that the browser saves while it is sent. */
export function Export({ path, query, formats = ['csv', 'xlsx'] }: { path: string; query: Iterable<readonly [string, string]>; formats?: Format[] }) {
  const t = useText()
  const href = (format: Format) => `${path}?${new URLSearchParams([...query, ['format', format]].map(([name, value]) => [name!, value!]))}`
  const items = formats.map((format) => ({ key: format, label: <a href={href(format)} download>{t(`common.export_${format}`)}</a> }))
  return <Dropdown trigger={['click']} menu={{ items }}><Button icon={<DownloadOutlined />}>{t('common.export')}</Button></Dropdown>
}
