import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Empty, Table, type TableProps } from 'antd'
import { useState } from 'react'
import { useText } from '../../common/language'

type Page<T> = { items: T[]; next?: string | null }
type Props<T> = Omit<TableProps<T>, 'dataSource'> & {
  /** What is read, as a key of queries; another one begins at the first page again. */
  of: readonly unknown[]
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>
  empty?: string
  /** Read anew so often, in milliseconds. */
  every?: number | false
}

/** A table of a list that comes page by page, by cursor. */
export function CursorTable<T extends object>({ of, read, empty, every = false, ...table }: Props<T>) {
  const t = useText()
  const shape = JSON.stringify(of)
  const [walk, setWalk] = useState<{ of: string; cursors: string[] }>({ of: shape, cursors: [] })
  const cursors = walk.of === shape ? walk.cursors : []
  const cursor = cursors.at(-1)
  const page = useQuery({ queryKey: [...of, cursor ?? ''], queryFn: ({ signal }) => read(cursor, signal), placeholderData: keepPreviousData, refetchInterval: every })
  if (page.isLoadingError) throw page.error
  const next = page.data?.next ?? null
  const items = page.data?.items ?? []
  return (
    <>
      <Table<T>
        size="small" pagination={false} scroll={{ x: 'max-content' }} dataSource={items} loading={page.isPending || page.isPlaceholderData}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty ?? t('admin.nothing')} /> }} {...table}
      />
      {(cursors.length > 0 || next) && (
        <div className="foot">
          <span role="status">{t('admin.rows', { n: items.length, page: cursors.length + 1 })}</span>
          <Button size="small" icon={<LeftOutlined />} disabled={!cursors.length} onClick={() => setWalk({ of: shape, cursors: cursors.slice(0, -1) })}>{t('admin.previous_page')}</Button>
          <Button size="small" icon={<RightOutlined />} iconPlacement="end" disabled={!next} onClick={() => next && setWalk({ of: shape, cursors: [...cursors, next] })}>{t('admin.next_page')}</Button>
        </div>
      )}
    </>
  )
}
