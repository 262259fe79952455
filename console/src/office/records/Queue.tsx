import './records.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Card, Empty } from 'antd'
import { Link } from 'react-router'
import { api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { Waiting } from '../shell/Waiting'
import { ChangeLine } from './RecordPage'

/** Changes of records that wait for this person's verdict, the longest waiting first. */
export default function Queue() {
  const [t, queries] = [useText(), useQueryClient()]
  const found = useQuery({ queryKey: ['records', 'changes'], queryFn: () => ok(api.GET('/api/records/change-requests')) })
  const again = () => void queries.invalidateQueries({ queryKey: ['records'] })
  if (found.isLoadingError) throw found.error
  if (!found.data) return <Waiting />
  return (
    <div className="changes">
      <div className="head"><h1>{t('records.queue')}</h1></div>
      {!found.data.length && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('records.queue_empty')} />}
      {found.data.map((record) => (
        <Card key={record.id} size="small" title={<><Link to={`/records/${record.id}`}>{record.called}</Link> <span className="quiet">{titled(record.register_title)} · {record.key}</span></>}>
          {record.change_requests.filter((one) => one.state === 'asked').map((one) => <ChangeLine key={one.n} record={record} change={one} onDone={again} />)}
        </Card>
      ))}
    </div>
  )
}
