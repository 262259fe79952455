import { useQuery } from '@tanstack/react-query'
import { Input, Table, Tabs } from 'antd'
import { useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useLanguage, useText } from '../../common/language'
import { Frame } from './Frame'

type Installed = Schemas['SettingOut']
type Chosen = Schemas['ChosenOut']

/** All that may be set, with help and what stands now; secrets are told to be there, never shown. */
export default function Settings() {
  const t = useText()
  useLanguage()
  const [typed, setTyped] = useState('')
  const found = useQuery({ queryKey: ['settings'], queryFn: () => ok(api.GET('/api/settings')) })
  if (found.isLoadingError) throw found.error
  const fits = (...texts: (string | null | undefined)[]) => texts.join(' ').toLowerCase().includes(typed.toLowerCase())
  const installation = (found.data?.installation ?? []).filter((one) => fits(one.variable, one.help.zh, one.help.en, one.value))
  const procedures = (found.data?.procedures ?? []).filter((one) => fits(one.name, one.title.zh, one.title.en, one.help?.zh, one.help?.en))
  return (
    <Frame title={t('shell.settings')} about={t('admin.settings_about')} extra={<Input.Search allowClear placeholder={t('admin.settings_search')} aria-label={t('admin.settings_search')} onChange={(event) => setTyped(event.target.value)} />}>
      <Tabs
        items={[
          {
            key: 'city', label: t('admin.settings_city', { n: procedures.length }), children: (
              <Table<Chosen>
                size="small" rowKey={(one) => `${one.procedure}.${one.name}`} dataSource={procedures} loading={found.isPending} pagination={false} scroll={{ x: 'max-content' }}
                columns={[
                  { title: t('admin.setting'), key: 'title', width: 300, className: 'wrap', render: (_, one) => <><b>{titled(one.title)}</b><div className="quiet">{titled(one.procedure_title)} · <code>{one.name}</code></div></> },
                  { title: t('admin.setting_value'), key: 'value', width: 200, render: (_, one) => <Value value={one.value} changed={JSON.stringify(one.value) !== JSON.stringify(one.default)} /> },
                  { title: t('admin.setting_default'), key: 'default', width: 160, render: (_, one) => <span className="quiet">{shown(one.default, t)}</span> },
                  { title: t('admin.setting_help'), key: 'help', width: 420, className: 'wrap', render: (_, one) => titled(one.help, one.of?.join(' / ') ?? '—') },
                ]}
              />
            ),
          },
          {
            key: 'installation', label: t('admin.settings_installation', { n: installation.length }), children: (
              <>
                <p className="quiet">{t('admin.settings_installation_about')}</p>
                <Table<Installed>
                  size="small" rowKey="variable" dataSource={installation} loading={found.isPending} pagination={false} scroll={{ x: 'max-content' }}
                  columns={[
                    { title: t('admin.setting'), dataIndex: 'variable', width: 290, render: (name: string) => <code>{name}</code> },
                    { title: t('admin.setting_value'), key: 'value', width: 220, render: (_, one) => (one.secret ? <span className={`light light-${one.given ? 'green' : 'grey'}`}>{one.given ? '●' : '○'} {t(one.given ? 'admin.secret_given' : 'admin.secret_none')}</span> : <Value value={one.value} changed={one.given} />) },
                    { title: t('admin.setting_default'), dataIndex: 'default', width: 150, render: (one: string | null) => <span className="quiet">{one ?? '—'}</span> },
                    { title: t('admin.setting_help'), key: 'help', width: 460, className: 'wrap', render: (_, one) => <>{titled(one.help)}{one.allowed !== 'text' && !one.secret && <div className="quiet">{one.allowed.replaceAll('`', '')}</div>}</> },
                  ]}
                />
              </>
            ),
          },
        ]}
      />
    </Frame>
  )
}

function Value({ value, changed }: { value: unknown; changed: boolean }) {
  const t = useText()
  return <span className="clip" title={changed ? t('admin.setting_changed') : undefined}>{changed && <span className="light light-yellow" aria-hidden="true">▲ </span>}<b>{shown(value, t)}</b>{changed && <span className="unseen"> {t('admin.setting_changed')}</span>}</span>
}

function shown(value: unknown, t: ReturnType<typeof useText>): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (typeof value === 'object' && 'amount' in value && 'kind' in value) return `${String(value.amount)} ${t(`common.limit_${value.kind as 'work_day'}`)}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
