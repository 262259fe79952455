import { ImportOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Descriptions, Empty, Input, Skeleton, Table, Tag, Tree } from 'antd'
import type { TreeDataNode } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { type Schemas, allOf, api, ok } from '../../api/client'
import { useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { FileImport, type Option, Tally } from '../admin/FileImport'
import { Frame } from '../admin/Frame'
import { useProblems } from '../problems'
import { Shape } from './Shape'

export const AREA_KINDS = ['city', 'district', 'street', 'community', 'unit_grid', 'duty_grid', 'road_segment'] as const
type Kind = (typeof AREA_KINDS)[number]
type Feature = Parameters<typeof Shape>[0]['feature'] & object
const DATUMS = ['wgs84', 'cgcs2000', 'gcj02', 'bd09']

/** All areas directly below one; of a city also itself. */
async function below(parent: string) {
  const found = await allOf((cursor) => ok(api.GET('/api/areas', { params: { query: { parent, limit: 200, ...cursor } } })))
  return found.sort((a, b) => AREA_KINDS.indexOf(a.kind as Kind) - AREA_KINDS.indexOf(b.kind as Kind) || a.code.localeCompare(b.code))
}

/** The tree of areas and grids, the shape of each, and map files taken in with what their topology says. */
export default function Areas() {
  const [t, me, tell, queries] = [useText(), useMe(), useProblems(), useQueryClient()]
  const [address, setAddress] = useSearchParams()
  const chosen = address.get('code') ?? me.city
  const choose = (code: string) => setAddress({ code })
  const [nodes, setNodes] = useState<Record<string, TreeDataNode[]>>({})
  const [importing, setImporting] = useState(false)
  const root = useQuery({ queryKey: ['areas', 'below', me.city], queryFn: () => below(me.city) })
  const node = (one: { code: string; name: string; kind: string }): TreeDataNode => ({ key: one.code, title: <span>{one.name} <small className="quiet">{t(`city.kind_${one.kind as Kind}`)}</small></span>, isLeaf: one.kind === 'unit_grid' || one.kind === 'road_segment' || one.kind === 'duty_grid' })
  const grown = (list: TreeDataNode[]): TreeDataNode[] => list.map((one) => (nodes[String(one.key)] ? { ...one, children: grown(nodes[String(one.key)]!) } : one))
  const load = async ({ key }: { key: unknown }) => {
    try {
      const found = await below(String(key))
      setNodes((was) => ({ ...was, [String(key)]: found.map(node) }))
    } catch (error) {
      tell(error)
    }
  }
  const tree: TreeDataNode[] = [{ key: me.city, title: cityName(me), children: grown((root.data ?? []).map(node)) }]
  return (
    <Frame title={t('shell.areas')} about={t('city.areas_about')} extra={may(me, 'area.write') && <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('city.areas_import')}</Button>}>
      <div className="two">
        <div className="box tree">
          <Input.Search placeholder={t('city.code')} aria-label={t('city.code')} allowClear onSearch={(code) => code.trim() && choose(code.trim())} />
          {root.isPending ? <Skeleton active /> : <Tree blockNode treeData={tree} loadData={load} selectedKeys={[chosen]} defaultExpandedKeys={[me.city]} onSelect={([key]) => key && choose(String(key))} aria-label={t('shell.areas')} />}
        </div>
        <div className="box">{chosen === me.city ? <City city={me.city} name={cityName(me)} onPick={choose} /> : <One key={chosen} code={chosen} onPick={choose} />}</div>
      </div>
      <FileImport<Schemas['AreaImportOut']>
        open={importing} onClose={() => setImporting(false)} onDone={() => void queries.invalidateQueries({ queryKey: ['areas'] })} many part="files" url="/api/areas/import"
        title={t('city.areas_import')} about={t('city.areas_import_about')} accept=".geojson,.json,.gpkg,.zip,.shp,.dbf,.shx,.prj,.cpg,.csv" options={areaOptions(t)} result={(report) => <Report report={report} />}
      />
    </Frame>
  )
}

const cityName = (me: { city: string; city_name: { zh?: string; en?: string } | Record<string, string> }) => (me.city_name as Record<string, string>)['zh'] || me.city

const areaOptions = (t: ReturnType<typeof useText>): Option[] => [
  { name: 'kind', label: t('city.kind'), type: 'choice', help: t('city.kind_help'), of: AREA_KINDS.map((value) => ({ value, label: t(`city.kind_${value}`) })) },
  { name: 'datum', label: t('city.datum'), type: 'choice', help: t('city.datum_help'), of: DATUMS.map((value) => ({ value, label: value.toUpperCase() })) },
  { name: 'valid_from', label: t('admin.valid_from'), type: 'day', help: t('admin.valid_from_help') },
  { name: 'encoding', label: t('city.encoding'), type: 'text', help: t('city.encoding_help') },
  { name: 'strict', label: t('city.strict'), type: 'check' },
  { name: 'close_missing', label: t('city.close_missing'), type: 'check' },
]

function useInside(code: string, kind: Kind) {
  return useQuery({
    queryKey: ['areas', 'inside', code, kind],
    queryFn: async () => (await ok(api.GET('/api/map/areas', { params: { query: { kind, tolerance_m: 5, within: code } }, parseAs: 'json' })) as unknown as { features: Feature[] }).features,
  }).data
}

function City({ city, name, onPick }: { city: string; name: string; onPick: (code: string) => void }) {
  const t = useText()
  const [kind, setKind] = useState<Kind>('street')
  const inside = useInside(city, kind)
  return (
    <>
      <div className="head"><h2>{name}</h2><span className="gap" />{(['street', 'community', 'unit_grid'] as const).map((one) => <Button key={one} size="small" type={one === kind ? 'primary' : 'default'} onClick={() => setKind(one)}>{t(`city.kind_${one}`)}</Button>)}</div>
      {inside ? <><Shape feature={undefined} inside={inside} label={name} onPick={onPick} /><p className="quiet">{t('city.inside_n', { n: inside.length, kind: t(`city.kind_${kind}`) })}</p></> : <Skeleton active />}
    </>
  )
}

const INSIDE: Partial<Record<Kind, Kind>> = { district: 'street', street: 'community', community: 'unit_grid' }

function One({ code, onPick }: { code: string; onPick: (code: string) => void }) {
  const t = useText()
  const at = { params: { path: { code } } }
  const area = useQuery({ queryKey: ['areas', code], queryFn: () => ok(api.GET('/api/areas/{code}', at)) })
  const shape = useQuery({ queryKey: ['areas', code, 'shape'], queryFn: () => ok(api.GET('/api/areas/{code}/geometry', { ...at, parseAs: 'json' })) as unknown as Promise<Feature> })
  const kind = area.data?.kind as Kind | undefined
  const inside = useInside(code, (kind && INSIDE[kind]) ?? 'unit_grid')
  if (area.isLoadingError) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={area.error.message} />
  if (!area.data) return <Skeleton active />
  const one = area.data
  const link = (other: string) => <Button key={other} type="link" size="small" className="number" onClick={() => onPick(other)}>{other}</Button>
  return (
    <>
      <div className="head"><h2>{one.name}</h2><Tag>{t(`city.kind_${one.kind as Kind}`)}</Tag></div>
      <div className="area">
        <Shape feature={shape.data} inside={kind && INSIDE[kind] ? (inside ?? []) : []} label={one.name} onPick={onPick} />
        <Descriptions
          size="small" column={1}
          items={[
            { key: 'code', label: t('city.code'), children: one.code },
            { key: 'up', label: t('city.above'), children: one.ancestors.filter((other) => other !== one.code).map(link) },
            ...(one.duty_grid ? [{ key: 'duty', label: t('city.kind_duty_grid'), children: link(one.duty_grid) }] : []),
            { key: 'class', label: t('city.area_class'), children: one.class_here ?? '—' },
            { key: 'centre', label: t('city.centre'), children: `${one.lon.toFixed(6)}, ${one.lat.toFixed(6)} (WGS 84)` },
            { key: 'datum', label: t('city.datum'), children: one.datum.toUpperCase() },
            { key: 'valid', label: t('city.valid'), children: `${one.valid_from} – ${one.valid_to ?? ''}` },
            ...(one.children.length ? [{ key: 'in', label: t('city.below_n', { n: one.children.length }), children: <span className="codes">{one.children.slice(0, 40).map(link)}{one.children.length > 40 && ' …'}</span> }] : []),
          ]}
        />
      </div>
    </>
  )
}

const LIGHTS = { error: ['red', '■'], warning: ['yellow', '▲'], note: ['grey', '●'] } as const

/** What came of an import of map files, and everything that its topology gave to say. */
function Report({ report }: { report: Schemas['AreaImportOut'] }) {
  const t = useText()
  const rows = report.findings.map((one, key) => ({ ...one, key }))
  return (
    <>
      <Tally of={[[t('admin.n_new'), report.new], [t('admin.n_changed'), report.changed], [t('admin.n_unchanged'), report.unchanged], [t('admin.n_closed'), report.closed], [t('city.derived'), report.derived], [t('admin.n_rejected'), report.rejected]]} />
      <h3>{t('city.topology')}</h3>
      <Table
        size="small" dataSource={rows} pagination={{ pageSize: 8, size: 'small', hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 'max-content' }} locale={{ emptyText: t('city.topology_none') }}
        columns={[
          { title: t('city.severity'), dataIndex: 'severity', width: 90, render: (severity: keyof typeof LIGHTS) => <span className={`light light-${LIGHTS[severity][0]}`}>{LIGHTS[severity][1]} {t(`city.severity_${severity}`)}</span> },
          { title: t('admin.file_row'), key: 'row', width: 110, render: (_, one) => (one.row ? `${one.file} ${one.row}` : one.file || '—') },
          { title: t('city.codes'), dataIndex: 'codes', width: 150, render: (codes: string[]) => codes.slice(0, 2).join(', ') },
          { title: t('admin.file_why'), dataIndex: 'why' },
          { title: 'm²', dataIndex: 'area_m2', align: 'right', width: 90, render: (m2: number | null) => (m2 === null ? '—' : m2.toFixed(1)) },
        ]}
      />
    </>
  )
}
