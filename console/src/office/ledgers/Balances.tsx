import { Link } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { CursorTable } from '../admin/CursorTable'
import type { FormSchema } from '../forms/schema'
import { Value, titleOf } from '../records/values'
import { amount } from './amount'

type Balance = Schemas['BalanceOut']

/** What is in each store of a ledger at the end of a day, today unless told. */
export function Balances({ ledger, on }: { ledger: Schemas['LedgerOut']; on: string | undefined }) {
  const t = useText()
  const fields = (ledger.needs as unknown as FormSchema).properties
  return (
    <CursorTable<Balance>
      of={['ledgers', ledger.name, 'balances', on]} rowKey="store" empty={t('ledgers.none')}
      read={(cursor, signal) => ok(api.GET('/api/ledgers/{ledger}/balances', { params: { path: { ledger: ledger.name }, query: { limit: 100, ...(on ? { on } : {}), ...(cursor ? { cursor } : {}) } }, signal }))}
      columns={[
        ...(ledger.of ? [{ title: t('ledgers.thing'), key: 'thing', render: (_: unknown, one: Balance) => (one.thing ? <Link to={`/records/${one.thing}`}>{one.called ?? one.thing_key}</Link> : '—') }] : []),
        ...ledger.store.map((name) => ({ title: titleOf(ledger.needs, ledger.titles, name), key: name, render: (_: unknown, one: Balance) => <Value field={fields[name]} value={one.fields[name]} /> })),
        { title: `${t('ledgers.balance')} (${titled(ledger.unit_title, ledger.unit)})`, key: 'quantity', align: 'right', render: (_, one) => <b>{amount(one.quantity)}</b> },
        { title: t('ledgers.last'), key: 'last', render: (_, one) => one.last },
      ]}
    />
  )
}
