import { Empty, Table } from 'antd'
import { memo } from 'react'
import { useText } from '../../common/language'
import { type Line, columnsOf } from './columns'
import type { Kind } from './filter'

type Props = { kind: Kind; shown: string[]; lines: Line[] | undefined; pending: boolean }

/** The rows of a page; drawn only when they, or what is shown of them, changed. */
export const Rows = memo(function Rows({ kind, shown, lines, pending }: Props) {
  const t = useText()
  return (
    <Table<Line>
      size="small" rowKey="id" dataSource={lines ?? []} loading={pending} pagination={false} scroll={{ x: 'max-content' }}
      columns={columnsOf(kind).filter((one) => shown.includes(one.key))}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<>{t('lists.none')}<br />{t('lists.none_detail')}</>} /> }}
    />
  )
})
