import { AuditOutlined, ClusterOutlined, ImportOutlined, InboxOutlined, QuestionCircleOutlined, SettingOutlined, TeamOutlined, ToolOutlined, UnorderedListOutlined } from '@ant-design/icons'
import type { ComponentType, ReactNode } from 'react'
import type { Folder, Key } from '../common/language'

type Module = { default: ComponentType }

/**
 * A screen of the console. `load` is a chunk of its own; its texts come with it. `menu` puts it into the menu, in this
 * order within its group; screens without are reached by links. Nobody sees a screen without its permission.
 */
export type Screen = {
  path: string
  title: Key
  strings: Folder[]
  permission?: string
  load: () => Promise<Module>
  menu?: { group: 'work' | 'look' | 'manage'; icon: ReactNode; keys?: string }
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
  { path: '/account', title: 'shell.account', strings: [], load: () => import('./shell/Account') },
  {
    path: '/import', title: 'shell.import', strings: ['imports', 'admin'], permission: 'report.import', load: () => import('./imports/Imports'),
    menu: { group: 'manage', icon: <ImportOutlined />, keys: 'g i' },
  },
  { path: '/import/:id', title: 'shell.import_one', strings: ['imports', 'admin'], permission: 'report.import', load: () => import('./imports/ImportPage') },
  {
    path: '/admin', title: 'shell.admin', strings: ['admin'], permission: 'unit.read', load: () => import('./admin/Admin'),
    menu: { group: 'manage', icon: <SettingOutlined />, keys: 'g a' },
  },
  {
    path: '/admin/duties', title: 'shell.duties', strings: ['duties', 'admin', 'desk'], permission: 'duty.read', load: () => import('./duties/Duties'),
    menu: { group: 'manage', icon: <ClusterOutlined /> },
  },
  { path: '/admin/areas', title: 'shell.areas', strings: ['city', 'admin'], permission: 'unit.read', load: () => import('./city/Areas') },
  { path: '/admin/units', title: 'shell.units', strings: ['city', 'admin'], permission: 'unit.read', load: () => import('./city/Units') },
  { path: '/admin/categories', title: 'shell.categories', strings: ['city', 'admin'], permission: 'unit.read', load: () => import('./city/Categories') },
  { path: '/admin/calendars', title: 'shell.calendars', strings: ['city', 'admin'], permission: 'calendar.read', load: () => import('./city/Calendars') },
  { path: '/admin/notices', title: 'shell.notice_rules', strings: ['admin'], permission: 'setting.read', load: () => import('./admin/NoticeRules') },
  { path: '/admin/packs', title: 'shell.packs', strings: ['admin', 'city'], permission: 'pack.read', load: () => import('./admin/Packs') },
  {
    path: '/admin/accounts', title: 'shell.accounts', strings: ['admin'], permission: 'account.manage', load: () => import('./admin/Accounts'),
    menu: { group: 'manage', icon: <TeamOutlined /> },
  },
  {
    path: '/admin/jobs', title: 'shell.jobs', strings: ['admin'], permission: 'job.read', load: () => import('./admin/Jobs'),
    menu: { group: 'manage', icon: <ToolOutlined /> },
  },
  {
    path: '/admin/audit', title: 'shell.audit', strings: ['admin'], permission: 'access.read', load: () => import('./admin/Audit'),
    menu: { group: 'manage', icon: <AuditOutlined /> },
  },
  { path: '/admin/settings', title: 'shell.settings', strings: ['admin'], permission: 'setting.read', load: () => import('./admin/Settings') },
  {
    path: '/help', title: 'shell.help', strings: ['help'], load: () => import('./help/Help'),
    menu: { group: 'look', icon: <QuestionCircleOutlined />, keys: 'g h' },
  },
  { path: '/help/cards', title: 'shell.help_cards', strings: ['help'], load: () => import('./help/Cards') },
]

/** Where a role begins its day, in the order in which roles are asked; the first screen that is there and allowed. */
export const HOMES: [role: string, path: string][] = [
  ['leader', '/cockpit'],
  ['intake_officer', '/triage'],
  ['administrator', '/admin'],
  ['auditor', '/admin/audit'],
]
export const USUAL_HOME = '/desk'
