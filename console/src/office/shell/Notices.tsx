import { BellOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Badge, Button, Drawer, Empty, Tag } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { useProblems } from '../problems'
import { pathOf } from '../subject'

type Notice = Schemas['NoticeOut']

/** The bell: how many notices wait, and the list of them. */
export function Notices() {
  const [t, tell, queries, navigate] = [useText(), useProblems(), useQueryClient(), useNavigate()]
  const [open, setOpen] = useState(false)
  const unread = useQuery({ queryKey: ['notices', 'unread'], queryFn: () => ok(api.GET('/api/notices/unread')) })
  const list = useQuery({ queryKey: ['notices', 'list'], queryFn: () => ok(api.GET('/api/notices', { params: { query: { limit: 50 } } })), enabled: open })
  const read = useMutation({
    mutationFn: (body: Schemas['ReadForm']) => ok(api.POST('/api/notices/read', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['notices'] }),
    onError: (error) => tell(error),
  })
  const items = list.data?.items ?? []
  const follow = (one: Notice) => {
    if (!one.read_at) read.mutate({ ids: [one.id] })
    if (one.subject) {
      setOpen(false)
      void navigate(pathOf(one.kind ?? 'case', one.subject))
    }
  }
  const n = unread.data?.unread ?? 0
  return (
    <>
      <Badge count={n} size="small" offset={[-6, 6]}>
        <Button type="text" icon={<BellOutlined />} aria-label={n ? t('shell.unread', { n }) : t('shell.notices')} title={t('shell.notices')} onClick={() => setOpen(true)} />
      </Badge>
      <Drawer
        open={open} onClose={() => setOpen(false)} title={t('shell.notices')} size={400}
        extra={n > 0 && items[0] && <Button size="small" onClick={() => read.mutate({ until: items[0]!.shown_at })}>{t('shell.mark_read')}</Button>}
      >
        {items.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('shell.notices_none')} />}
        <ul className="notices">
          {items.map((one) => (
            <li key={one.id} className={one.read_at ? 'read' : undefined}>
              <button type="button" onClick={() => follow(one)}>
                <b>{titled(one.head)}</b>{one.urgent && <Tag color="red">{t('shell.urgent')}</Tag>}
                <span>{titled(one.text)}</span>
                <small>{one.number} · {moment(one.shown_at)}</small>
              </button>
            </li>
          ))}
        </ul>
      </Drawer>
    </>
  )
}
