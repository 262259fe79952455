import { ImportOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Descriptions, Dropdown, Empty, Skeleton, Tabs, Tag, Tree } from 'antd'
import type { TreeDataNode } from 'antd'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { nameOf, titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { CursorTable } from '../admin/CursorTable'
import { FileImport, Tally } from '../admin/FileImport'
import { Frame } from '../admin/Frame'

const TABLES = ['units', 'people', 'posts', 'time_bands', 'duty_cards'] as const
type What = (typeof TABLES)[number]
type Node = Schemas['UnitNode']
const FIXINGS = ['person', 'time', 'post', 'duty', 'standard', 'reward_penalty'] as const
const WHYS = ['no_card', 'empty', 'no_active_person', 'post_not_held'] as const
/** A multiple of six, so that no grid without a card is torn apart. */
const ROWS = 198

/** The tree of units with their people and posts, and what duty cards lack of the six fixings. */
export default function Units() {
  const [t, me, queries] = [useText(), useMe(), useQueryClient()]
  const [address, setAddress] = useSearchParams()
  const [importing, setImporting] = useState<What | null>(null)
  const tree = useQuery({ queryKey: ['units', 'tree'], queryFn: () => ok(api.GET('/api/units/tree')) })
  const chosen = address.get('unit') ?? (tree.data?.find((one) => one.children.length) ?? tree.data?.[0])?.code ?? ''
  const tab = address.get('tab') ?? 'tree'
  const put = (part: Record<string, string>) => setAddress(new URLSearchParams(Object.entries({ ...Object.fromEntries(address), ...part })))
  const nodes = useMemo(() => {
    const node = (one: Node): TreeDataNode => ({ key: one.code, title: <span>{nameOf(one)} <small className="quiet">{one.code}</small></span>, children: one.children.map(node) })
    return (tree.data ?? []).map(node)
  }, [tree.data, t])
  const menu = { items: TABLES.map((key) => ({ key, label: t(`city.table_${key}`) })), onClick: ({ key }: { key: string }) => setImporting(key as What) }
  return (
    <Frame title={t('shell.units')} about={t('city.units_about')} extra={may(me, 'unit.write') && <Dropdown menu={menu} trigger={['click']}><Button icon={<ImportOutlined />}>{t('city.import')}</Button></Dropdown>}>
      <Tabs
        activeKey={tab} onChange={(key) => put({ tab: key })} destroyOnHidden
        items={[
          {
            key: 'tree', label: t('city.units_people'), children: (
              <div className="two">
                <div className="box tree">{tree.isPending ? <Skeleton active /> : <Tree blockNode treeData={nodes} defaultExpandedKeys={tree.data?.map((one) => one.code) ?? []} autoExpandParent selectedKeys={[chosen]} onSelect={([key]) => key && put({ unit: String(key) })} aria-label={t('shell.units')} />}</div>
                <div className="box">{chosen && <Unit key={chosen} code={chosen} onPick={(unit) => put({ unit })} />}</div>
              </div>
            ),
          },
          { key: 'cards', label: t('city.duty_cards'), children: <Missing /> },
        ]}
      />
      <FileImport<Schemas['TableImportOut']>
        open={importing !== null} onClose={() => setImporting(null)} onDone={() => void queries.invalidateQueries({ queryKey: ['units'] })} url={`/api/units/import/${importing ?? 'units'}`} accept=".csv,.tsv,.xlsx"
        title={importing ? t('city.import_table', { table: t(`city.table_${importing}`) }) : ''} about={importing ? t(`city.columns_${importing}`) : undefined}
        options={[{ name: 'valid_from', label: t('admin.valid_from'), type: 'day', help: t('admin.valid_from_help') }, { name: 'close_vanished', label: t('admin.close_vanished'), type: 'check', help: t('admin.close_vanished_help') }]}
        result={(done) => <Tally of={[[t('admin.n_new'), done.opened], [t('admin.n_closed'), done.closed], [t('admin.n_corrected'), done.corrected], [t('admin.n_unchanged'), done.unchanged]]} />}
      />
    </Frame>
  )
}

function Unit({ code, onPick }: { code: string; onPick: (code: string) => void }) {
  const t = useText()
  const unit = useQuery({ queryKey: ['units', code], queryFn: () => ok(api.GET('/api/units/{code}', { params: { path: { code } } })) })
  const roles = useQuery({ queryKey: ['roles'], queryFn: () => ok(api.GET('/api/roles')), staleTime: Infinity })
  const role = (name: string) => titled(roles.data?.find((one) => one.name === name)?.title, name)
  if (unit.isLoadingError) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={unit.error.message} />
  if (!unit.data) return <Skeleton active />
  const one = unit.data
  const link = (other: string) => <Button key={other} type="link" size="small" className="number" onClick={() => onPick(other)}>{other}</Button>
  return (
    <>
      <div className="head"><h2>{nameOf(one)}</h2><Tag>{one.kind}</Tag></div>
      <Descriptions
        size="small" column={{ xs: 1, lg: 2 }}
        items={[
          { key: 'code', label: t('city.code'), children: one.code },
          { key: 'up', label: t('city.above'), children: one.ancestors.some((other) => other !== code) ? one.ancestors.filter((other) => other !== code).map(link) : '—' },
          { key: 'desk', label: t('city.desk_at'), children: one.desk_at },
          { key: 'organisation', label: t('city.organisation'), children: one.organisation_here },
          { key: 'contact', label: t('city.contact'), children: one.contact || '—' },
          { key: 'valid', label: t('city.valid'), children: `${one.valid_from} – ${one.valid_to ?? ''}` },
        ]}
      />
      <h3>{t('city.people')}</h3>
      <CursorTable<Schemas['PersonOut']>
        of={['units', code, 'people']} rowKey="code" empty={t('city.people_none')} read={(cursor, signal) => ok(api.GET('/api/units/{code}/people', { params: { path: { code }, query: { limit: 50, ...(cursor ? { cursor } : {}) } }, signal }))}
        columns={[
          { title: t('city.person'), dataIndex: 'name' },
          { title: t('city.code'), dataIndex: 'code' },
          { title: t('city.posts'), dataIndex: 'posts', render: (posts: Schemas['HeldOut'][]) => posts.map((post, n) => <Tag key={n}>{role(post.role)}{post.area ? ` · ${post.area}` : ''}</Tag>) },
        ]}
      />
    </>
  )
}

type Lack = { grid: string; person: string; missing: Map<string, string> }

/** What duty grids lack, a line for each card with its six fixings: there or not, and why not. */
function Missing() {
  const t = useText()
  const read = async (cursor: string | undefined, signal: AbortSignal) => {
    const page = await ok(api.GET('/api/duty-cards/missing', { params: { query: { limit: ROWS, ...(cursor ? { cursor } : {}) } }, signal }))
    const lines = new Map<string, Lack>()
    for (const one of page.items) {
      const key = `${one.duty_grid}/${one.person}`
      if (!lines.has(key)) lines.set(key, { grid: one.duty_grid, person: one.person, missing: new Map() })
      lines.get(key)!.missing.set(one.fixing, one.why)
    }
    return { items: [...lines.values()], next: page.next ?? null }
  }
  const why = (word: string) => t(`city.lack_${(WHYS.find((one) => one === word) ?? 'empty')}`)
  return (
    <>
      <p className="quiet">{t('city.duty_cards_about')}</p>
      <CursorTable<Lack>
        of={['duty-cards']} rowKey={(one) => `${one.grid}/${one.person}`} empty={t('city.duty_cards_whole')} read={read}
        columns={[
          { title: t('city.kind_duty_grid'), dataIndex: 'grid', width: 190 },
          { title: t('city.person'), dataIndex: 'person', width: 150, render: (person: string) => person || '—' },
          ...FIXINGS.map((fixing) => ({
            title: t(`city.fixing_${fixing}`), key: fixing, width: 130,
            render: (_: unknown, one: Lack) => (one.missing.has(fixing) ? <span className="light light-red">■ {why(one.missing.get(fixing)!)}</span> : <span className="light light-green">● {t('city.there')}</span>),
          })),
        ]}
      />
    </>
  )
}
