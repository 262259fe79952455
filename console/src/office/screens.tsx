import { AuditOutlined, BarChartOutlined, BookOutlined, CalendarOutlined, CarryOutOutlined, ClusterOutlined, DashboardOutlined, EnvironmentOutlined, FileDoneOutlined, FileTextOutlined, FlagOutlined, FormOutlined, ImportOutlined, InboxOutlined, MobileOutlined, QuestionCircleOutlined, ScheduleOutlined, SendOutlined, SettingOutlined, TeamOutlined, ToolOutlined, UnorderedListOutlined } from '@ant-design/icons'
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
  /** One, or any of several. */
  permission?: string | readonly string[]
  load: () => Promise<Module>
  menu?: { group: 'work' | 'look' | 'manage'; icon: ReactNode; keys?: string; roles?: string[] }
}

/** What whoever brings tables in must hold, by what they bring them into; whose desk it is. */
const IMPORTS = ['report.import', 'record.keep', 'ledger.enter']
const IMPORTERS = ['intake_officer', 'shift_leader', 'unit_officer', 'supervisor', 'administrator']

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
  {
    path: '/compare', title: 'shell.compare', strings: ['compare', 'lists'], permission: 'case.read', load: () => import('./compare/Compare'),
    menu: { group: 'look', icon: <BarChartOutlined />, keys: 'g o' },
  },
  {
    path: '/registers', title: 'shell.registers', strings: ['records'], permission: 'record.read', load: () => import('./records/Registers'),
    menu: { group: 'look', icon: <BookOutlined />, keys: 'g r' },
  },
  { path: '/registers/:register', title: 'shell.registers', strings: ['records', 'admin', 'desk'], permission: 'record.read', load: () => import('./records/RegisterPage') },
  { path: '/registers/:register/:key', title: 'shell.record', strings: ['records', 'desk', 'case', 'admin'], permission: 'record.read', load: () => import('./records/RecordPage') },
  { path: '/records/:id', title: 'shell.record', strings: ['records', 'desk', 'case', 'admin'], permission: 'record.read', load: () => import('./records/RecordPage') },
  { path: '/changes', title: 'shell.record_changes', strings: ['records', 'desk', 'case', 'admin'], permission: 'record.keep', load: () => import('./records/Queue') },
  {
    path: '/inspections', title: 'shell.inspections', strings: ['checks', 'admin'], permission: 'inspection.read', load: () => import('./checks/Inspections'),
    menu: { group: 'look', icon: <FileDoneOutlined />, keys: 'g k' },
  },
  { path: '/inspections/:id', title: 'shell.inspection', strings: ['checks', 'case', 'desk'], permission: 'inspection.read', load: () => import('./checks/InspectionPage') },
  { path: '/rounds', title: 'shell.rounds', strings: ['checks', 'admin'], permission: 'inspection.read', load: () => import('./checks/Rounds') },
  { path: '/rounds/:id', title: 'shell.rounds', strings: ['checks'], permission: 'inspection.read', load: () => import('./checks/RoundPage') },
  {
    path: '/documents', title: 'shell.documents', strings: ['documents', 'admin', 'desk', 'case'], permission: 'document.read', load: () => import('./documents/Documents'),
    menu: { group: 'look', icon: <FileTextOutlined />, keys: 'g b' },
  },
  { path: '/documents/:id', title: 'shell.document', strings: ['documents', 'admin', 'desk', 'case', 'records'], permission: 'document.read', load: () => import('./documents/DocumentPage') },
  {
    path: '/findings', title: 'shell.findings', strings: ['documents', 'desk'], permission: 'finding.read', load: () => import('./documents/Findings'),
    menu: { group: 'work', icon: <FlagOutlined />, keys: 'g f' },
  },
  {
    path: '/ledgers', title: 'shell.ledgers', strings: ['ledgers'], permission: 'ledger.read', load: () => import('./ledgers/Ledgers'),
    menu: { group: 'look', icon: <FileDoneOutlined />, keys: 'g j' },
  },
  { path: '/ledgers/:ledger', title: 'shell.ledgers', strings: ['ledgers', 'records', 'admin', 'desk'], permission: 'ledger.read', load: () => import('./ledgers/LedgerPage') },
  {
    path: '/tasks', title: 'shell.tasks', strings: ['tasks', 'admin', 'desk'], permission: 'proceeding.read', load: () => import('./tasks/Tasks'),
    menu: { group: 'work', icon: <CarryOutOutlined />, keys: 'g w' },
  },
  { path: '/tasks/:id', title: 'shell.task', strings: ['tasks', 'case', 'admin', 'desk'], permission: 'proceeding.read', load: () => import('./tasks/TaskPage') },
  {
    path: '/plans', title: 'shell.plans', strings: ['plans'], permission: 'plan.read', load: () => import('./plans/Plans'),
    menu: { group: 'look', icon: <ScheduleOutlined />, keys: 'g u' },
  },
  { path: '/plans/:plan', title: 'shell.plan', strings: ['plans'], permission: 'plan.read', load: () => import('./plans/PlanPage') },
  { path: '/rosters/:plan', title: 'shell.roster', strings: ['plans'], permission: 'plan.read', load: () => import('./plans/Roster') },
  {
    path: '/calendar', title: 'shell.calendar', strings: ['plans'], permission: 'plan.read', load: () => import('./plans/Calendar'),
    menu: { group: 'look', icon: <CalendarOutlined />, keys: 'g y' },
  },
  { path: '/campaigns', title: 'shell.campaigns', strings: ['plans'], permission: 'plan.read', load: () => import('./plans/Campaigns') },
  { path: '/campaigns/:id', title: 'shell.campaign', strings: ['plans'], permission: 'plan.read', load: () => import('./plans/CampaignPage') },
  { path: '/results', title: 'shell.results', strings: ['plans'], permission: 'plan.read', load: () => import('./plans/Results') },
  { path: '/account', title: 'shell.account', strings: [], load: () => import('./shell/Account') },
  {
    path: '/import', title: 'shell.import', strings: ['imports', 'admin'], permission: IMPORTS, load: () => import('./imports/Imports'),
    menu: { group: 'manage', icon: <ImportOutlined />, keys: 'g i', roles: IMPORTERS },
  },
  { path: '/import/:id', title: 'shell.import_one', strings: ['imports', 'admin'], permission: IMPORTS, load: () => import('./imports/ImportPage') },
  {
    path: '/admin', title: 'shell.admin', strings: ['admin'], permission: 'unit.read', load: () => import('./admin/Admin'),
    menu: { group: 'manage', icon: <SettingOutlined />, keys: 'g n' },
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
    menu: { group: 'look', icon: <QuestionCircleOutlined />, keys: 'g e' },
  },
  { path: '/help/cards', title: 'shell.help_cards', strings: ['help'], load: () => import('./help/Cards') },
]

/** Where a role begins its day, in the order in which roles are asked; the first screen that is there and allowed. */
export const HOMES: [role: string, path: string, onPhone?: string][] = [
  ['leader', '/cockpit', '/leader'],
  ['intake_officer', '/triage'],
  ['administrator', '/admin'],
  ['auditor', '/admin/audit'],
  ['appraiser', '/compare'],
]
export const USUAL_HOME = '/desk'

/** Whether a screen stands in somebody's menu. */
export const inMenu = (me: Me, one: Screen): boolean =>
  !!one.menu && may(me, one.permission) && (!one.menu.roles || me.posts.some((post) => one.menu!.roles!.includes(post.role)))
