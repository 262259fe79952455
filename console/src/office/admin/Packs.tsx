import { useQuery } from '@tanstack/react-query'
import { Button, Descriptions, Drawer, Empty, Skeleton, Table, Tag } from 'antd'
import { useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { textOr, titled, useLanguage, useText } from '../../common/language'
import { moment } from '../../common/time'
import { Frame } from './Frame'

/** The lines of business in force, whether they agree with one another, and what each declares. */
export default function Packs() {
  const t = useText()
  const [chosen, setChosen] = useState<string | null>(null)
  const packs = useQuery({ queryKey: ['packs'], queryFn: () => ok(api.GET('/api/packs')) })
  if (packs.isLoadingError) throw packs.error
  return (
    <Frame title={t('shell.packs')} about={t('admin.packs_about')}>
      <Table<Schemas['PackOut']>
        size="small" rowKey="name" dataSource={packs.data ?? []} loading={packs.isPending} pagination={false} scroll={{ x: 'max-content' }}
        columns={[
          { title: t('admin.pack'), key: 'title', width: 260, render: (_, one) => <Button type="link" size="small" className="number" onClick={() => setChosen(one.name)}>{titled(one.title)} <span className="quiet">{one.name}</span></Button> },
          { title: t('admin.pack_version'), dataIndex: 'version', width: 70, align: 'right' },
          { title: t('admin.pack_check'), key: 'check', width: 130, render: (_, one) => <Checked problems={one.problems} /> },
          { title: t('admin.pack_declares'), key: 'declared', width: 340, render: (_, one) => Object.entries(one.declared).map(([kind, n]) => <Tag key={kind}>{textOr(`admin.declares_${kind}`, kind)} {n}</Tag>) },
          { title: t('admin.pack_needs'), dataIndex: 'needs', render: (needs: string[]) => needs.join('、') || '—' },
          { title: t('admin.pack_since'), dataIndex: 'since', width: 150, render: (at: string) => moment(at) },
        ]}
      />
      <Drawer open={chosen !== null} onClose={() => setChosen(null)} size={680} title={chosen}>{chosen && <One key={chosen} name={chosen} />}</Drawer>
    </Frame>
  )
}

function Checked({ problems }: { problems: number }) {
  const t = useText()
  return problems ? <span className="light light-red">■ {t('admin.pack_problems', { n: problems })}</span> : <span className="light light-green">● {t('admin.pack_agrees')}</span>
}

function One({ name }: { name: string }) {
  const [t, language] = [useText(), useLanguage()]
  const pack = useQuery({ queryKey: ['packs', name, language], queryFn: () => ok(api.GET('/api/packs/{name}', { params: { path: { name } } })) }).data
  if (!pack) return <Skeleton active />
  return (
    <>
      <p>{titled(pack.description)}</p>
      <Descriptions
        size="small" column={1}
        items={[
          { key: 'check', label: t('admin.pack_check'), children: <Checked problems={pack.problems} /> },
          { key: 'version', label: t('admin.pack_version'), children: <>{pack.version} <code title={pack.digest}>{pack.digest.slice(0, 12)}</code></> },
          { key: 'source', label: t('city.source'), children: pack.source ?? '—' },
        ]}
      />
      {pack.found.length > 0 && (
        <Table
          size="small" rowKey={(one) => `${one.path}${one.code}${one.why}`} dataSource={pack.found} pagination={false} scroll={{ x: 'max-content' }}
          columns={[{ title: t('admin.pack_where'), dataIndex: 'path' }, { title: t('admin.file_why'), key: 'why', render: (_, one) => <>{one.why}<div className="quiet">{one.hint}</div></> }]}
        />
      )}
      <Table
        size="small" rowKey={(one) => `${one.kind}/${one.name}`} dataSource={pack.declarations} pagination={{ pageSize: 20, size: 'small', hideOnSinglePage: true, showSizeChanger: false }} locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} /> }}
        columns={[
          { title: t('admin.pack_kind'), dataIndex: 'kind', width: 120, render: (kind: string) => textOr(`admin.declares_${kind}`, kind) },
          { title: t('admin.pack_title'), key: 'title', render: (_, one) => titled(one.title, '—') },
          { title: t('admin.pack_name'), dataIndex: 'name', render: (one: string) => <code>{one}</code> },
        ]}
      />
    </>
  )
}
