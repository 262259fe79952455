import { DashboardOutlined, EnvironmentOutlined, InboxOutlined, MobileOutlined, UnorderedListOutlined } from '@ant-design/icons'
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
