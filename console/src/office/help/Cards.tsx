import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useSearchParams } from 'react-router'
import { api, ok } from '../../api/client'
import { type Title, useText } from '../../common/language'
import { type Key, currentLanguage } from '../../common/language'
import { ROLES, TOURS } from './steps'

const KEYS: [keys: string, text: Key][] = [['g d', 'shell.go_desk'], ['j / k', 'help.key_walk'], ['1 … 9', 'help.key_act'], ['/', 'shell.search'], ['?', 'shell.keys_help']]
type Role = { name: string; title: Title }

/** A card for each role, one to a page: what the day is, step by step, keys, whom to ask. Printed from the browser. */
export default function Cards() {
  const t = useText()
  const [address, setAddress] = useSearchParams()
  const roles = (useQuery({ queryKey: ['roles'], queryFn: () => ok(api.GET('/api/roles')), staleTime: Infinity }).data ?? []) as unknown as Role[]
  const chosen = address.get('role')
  const title = (name: string) => roles.find((one) => one.name === name)?.title ?? { zh: name, en: name }
  return (
    <div className="help">
      <div className="head no-print">
        <h1>{t('help.cards')}</h1><span className="gap" />
        <Select value={chosen} allowClear placeholder={t('help.all_roles')} aria-label={t('help.all_roles')} onChange={(role: string | null) => setAddress(role ? { role } : {})} options={ROLES.map((value) => ({ value, label: title(value)[currentLanguage()] }))} />
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => print()}>{t('help.print')}</Button>
      </div>
      {ROLES.filter((role) => !chosen || role === chosen).map((role) => (
        <article key={role} className="role-card">
          <header><img src="/icon.svg" alt="" width={28} height={28} /><h2>{title(role)[currentLanguage()]}</h2><span className="quiet">{title(role)[currentLanguage() === 'zh' ? 'en' : 'zh']}</span></header>
          <p className="duty">{t(`help.role_${role}` as Key)}</p>
          <ol className="stops">{TOURS[role]!.map((stop) => <li key={stop.id}><b>{t(stop.title)}</b> <code>{stop.path.split('?')[0]}</code><p>{t(stop.text)}</p></li>)}</ol>
          <footer>
            <dl className="card-keys">{KEYS.map(([keys, text]) => <div key={keys}><dt>{keys.split(' ').map((key) => (key === '/' && keys !== '/' ? ' / ' : <kbd key={key}>{key}</kbd>))}</dt><dd>{t(text)}</dd></div>)}</dl>
            <p className="quiet">{t('help.card_foot')}</p>
          </footer>
        </article>
      ))}
    </div>
  )
}
