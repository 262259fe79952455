import { type ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { SCREENS } from '../screens'

/** The screens of the administration that this person may open, in their order. */
export function useAdminScreens() {
  const me = useMe()
  return SCREENS.filter((one) => one.path.startsWith('/admin/') && !one.path.includes(':') && may(me, one.permission))
}

type Props = { title: string; extra?: ReactNode; about?: string; children: ReactNode }

/** A page of the administration: its name, what it can do, and the way to the others. */
export function Frame({ title, extra, about, children }: Props) {
  const [t, at] = [useText(), useLocation()]
  const screens = useAdminScreens()
  return (
    <div className="admin">
      <nav className="sections" aria-label={t('admin.sections')}>
        {screens.map((one) => (
          <Link key={one.path} to={one.path} aria-current={at.pathname === one.path ? 'page' : undefined}>{t(one.title)}</Link>
        ))}
      </nav>
      <div className="head">
        <h1>{title}</h1>
        {about && <span className="quiet about">{about}</span>}
        <span className="gap" />
        {extra}
      </div>
      {children}
    </div>
  )
}
