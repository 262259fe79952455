import { Table } from 'antd'
import type { Schemas } from '../../api/client'
import { titled, useText } from '../../common/language'
import { count } from '../../common/time'

/** Why rows are not taken in, each reason with how many rows have it. */
export function Reasons({ of }: { of: Schemas['ReasonOut'][] }) {
  const t = useText()
  if (!of.length) return null
  return (
    <>
      <h2>{t('imports.reasons')}</h2>
      <Table
        size="small" rowKey={(one) => `${one.column}${one.en}`} dataSource={of} pagination={false} scroll={{ x: 'max-content' }}
        columns={[
          { title: t('imports.column'), dataIndex: 'column', render: (column: string) => column || t('imports.whole_row') },
          { title: t('imports.reason'), key: 'why', render: (_, one) => titled(one) },
          { title: t('imports.rejected'), dataIndex: 'count', align: 'right', width: 90, render: count },
          { title: t('imports.rows_named'), dataIndex: 'rows', width: 180, render: (rows: number[], one) => rows.join(', ') + (one.count > rows.length ? ' …' : '') },
        ]}
      />
    </>
  )
}
