import { MenuOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Grid, Menu } from 'antd'
import { useRef, useState } from 'react'
import { Link, Outlet, useLocation, useNavigate } from 'react-router'
import { useKeys } from '../../common/keyboard'
import { useText } from '../../common/language'
import { useLive } from '../../common/live'
import { useMe } from '../../common/session'
import { SCREENS, inMenu } from '../screens'
import { AccountMenu } from './AccountMenu'
import { KeyHelp } from './KeyHelp'
import { LanguageSwitch } from './LanguageSwitch'
import { Notices } from './Notices'
import { TourPanel } from '../help/TourPanel'
import { Search } from './Search'

const GROUPS = ['work', 'look', 'manage'] as const

/** Header and menu around every screen; on a phone the menu is a drawer. */
export function Layout() {
  const [t, me, queries] = [useText(), useMe(), useQueryClient()]
  const help = useRef<() => void>(() => undefined)
  const [drawer, setDrawer] = useState(false)
  const wide = Grid.useBreakpoint().lg ?? innerWidth >= 992
  const navigate = useNavigate()
  useLive(queries)
  const shown = SCREENS.filter((one) => inMenu(me, one))
  useKeys(t('shell.menu'), [
    { keys: '?', title: t('shell.keys_help'), run: () => help.current() },
    { keys: '/', title: t('shell.search'), run: () => document.querySelector<HTMLInputElement>('.search input')?.focus(), when: wide },
    ...shown.filter((one) => one.menu?.keys).map((one) => ({ keys: one.menu!.keys!, title: t(one.title), run: () => void navigate(one.path) })),
  ])
  const menu = <MainMenu onGo={() => setDrawer(false)} />
  return (
    <div className="shell">
      <a className="skip" href="#page">{t('shell.skip')}</a>
      <header className="bar">
        {!wide && <Button type="text" icon={<MenuOutlined />} aria-label={t('shell.menu')} onClick={() => setDrawer(true)} />}
        <Link to="/" className="brand"><img src="/icon.svg" alt="" width={24} height={24} /><b>{t('common.app')}</b><span>{t('common.subtitle')}</span></Link>
        <Search wide={wide} />
        <Notices />
        <KeyHelp opener={help} button={wide} />
        <LanguageSwitch />
        <AccountMenu />
      </header>
      <div className="below">
        {wide ? <nav className="side" aria-label={t('shell.menu')}>{menu}</nav> : (
          <Drawer open={drawer} onClose={() => setDrawer(false)} placement="left" size={260} title={t('common.app')} styles={{ body: { padding: 0 } }}>{menu}</Drawer>
        )}
        <main id="page" className="page" tabIndex={-1}><Outlet /></main>
      </div>
      <TourPanel />
    </div>
  )
}

function MainMenu({ onGo }: { onGo: () => void }) {
  const [t, me, navigate, at] = [useText(), useMe(), useNavigate(), useLocation()]
  const shown = SCREENS.filter((one) => inMenu(me, one))
  const items = GROUPS.map((group) => ({
    key: group,
    type: 'group' as const,
    label: t(`shell.${group}`),
    children: shown.filter((one) => one.menu?.group === group).map((one) => ({ key: one.path, icon: one.menu!.icon, label: t(one.title) })),
  })).filter((group) => group.children.length)
  const here = shown.map((one) => one.path).filter((path) => at.pathname === path || at.pathname.startsWith(`${path}/`)).sort((a, b) => b.length - a.length).slice(0, 1)
  return <Menu mode="inline" items={items} selectedKeys={here} onClick={({ key }) => { onGo(); void navigate(key) }} />
}
