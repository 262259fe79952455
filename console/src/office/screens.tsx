import { AuditOutlined, DashboardOutlined, EnvironmentOutlined, FormOutlined, InboxOutlined, MobileOutlined, SendOutlined, TeamOutlined, UnorderedListOutlined } from '@ant-design/icons'
import type { ComponentType, ReactNode } from 'react'
import type { Folder, Key } from '../common/language'
import { type Me, may } from '../common/session'

type Module = { default: ComponentType }

/**
 * A screen of the console. `load` is a chunk of its own; its texts come with it. `menu` puts it into the menu, in this
 * order within its group; screens without are reached by links, and
 * `roles` keeps it out of the menu of others, for whom it would be empty. Nobody sees a screen without its permission.
 */
export type Screen = {
  path: string
  title: Key
  strings: Folder[]
  permission?: string
  load: () => Promise<Module>
  menu?: { group: 'work' | 'look' | 'manage'; icon: ReactNode; keys?: string; roles?: string[] }
}

/** All screens; one entry each, added at the end of its group. */
export const SCREENS: Screen[] = [
  {
    path: '/desk', title: 'shell.desk', strings: ['desk'], load: () => import('./desk/Desk'),
    menu: { group: 'work', icon: <InboxOutlined />, keys: 'g d' },
  },
  {
    path: '/lists', title: 'shell.lists', strings: ['lists', 'desk'], permission: 'case.read', load: () => import('./lists/ListPage'),
    menu: { group: 'look', icon: <UnorderedListOutlined />, keys: 'g l' },
  },
  {
    path: '/triage', title: 'shell.triage', strings: ['triage', 'minimap', 'desk'], permission: 'report.accept', load: () => import('./triage/Triage'),
    menu: { group: 'work', icon: <FormOutlined />, keys: 'g t', roles: ['intake_officer'] },
  },
  { path: '/cases/:id', title: 'shell.case', strings: ['case', 'desk', 'minimap'], permission: 'case.read', load: () => import('./case/CasePage') },
  { path: '/reports/:id', title: 'shell.report', strings: ['case', 'desk', 'minimap'], permission: 'report.read', load: () => import('./case/ReportPage') },
  {
    path: '/dispatch', title: 'shell.dispatch', strings: ['dispatch', 'desk', 'lists'], permission: 'case.bulk', load: () => import('./dispatch/Dispatch'),
    menu: { group: 'work', icon: <SendOutlined />, keys: 'g p', roles: ['dispatcher', 'supervisor'] },
  },
  {
    path: '/approvals', title: 'shell.approvals', strings: ['approvals', 'desk', 'case'], permission: 'case.act', load: () => import('./approvals/Approvals'),
    menu: { group: 'work', icon: <AuditOutlined />, keys: 'g a', roles: ['dispatcher', 'shift_leader', 'supervisor', 'leader'] },
  },
  {
    path: '/duty', title: 'shell.duty', strings: ['duty', 'desk'], permission: 'shift.read', load: () => import('./duty/Duty'),
    menu: { group: 'look', icon: <TeamOutlined />, keys: 'g s' },
  },
  {
    path: '/map', title: 'shell.map', strings: ['map', 'lists', 'desk'], permission: 'case.read', load: () => import('./map/MapPage'),
    menu: { group: 'look', icon: <EnvironmentOutlined />, keys: 'g m' },
  },
  {
    path: '/cockpit', title: 'shell.cockpit', strings: ['cockpit', 'map', 'desk'], permission: 'case.read', load: () => import('./cockpit/Cockpit'),
    menu: { group: 'look', icon: <DashboardOutlined />, keys: 'g c' },
  },
  {
    path: '/leader', title: 'shell.leader', strings: ['cockpit', 'desk'], permission: 'case.read', load: () => import('./leader/Leader'),
    menu: { group: 'look', icon: <MobileOutlined />, keys: 'g h' },
  },
  { path: '/account', title: 'shell.account', strings: [], load: () => import('./shell/Account') },
]

/** Where a role begins its day, in the order in which roles are asked; the first screen that is there and allowed. */
export const HOMES: [role: string, path: string, onPhone?: string][] = [
  ['leader', '/cockpit', '/leader'],
  ['intake_officer', '/triage'],
  ['administrator', '/lists'],
  ['auditor', '/account'],
]
export const USUAL_HOME = '/desk'

/** Whether a screen stands in somebody's menu. */
export const inMenu = (me: Me, one: Screen): boolean =>
  !!one.menu && may(me, one.permission) && (!one.menu.roles || me.posts.some((post) => one.menu!.roles!.includes(post.role)))
