import { Card } from 'antd'
import { Link } from 'react-router'
import { useText } from '../../common/language'
import { Frame, useAdminScreens } from './Frame'

const ABOUT = {
  '/admin/duties': 'admin.card_duties', '/admin/areas': 'admin.card_areas', '/admin/units': 'admin.card_units', '/admin/categories': 'admin.card_categories',
  '/admin/calendars': 'admin.card_calendars', '/admin/notices': 'admin.card_notices', '/admin/packs': 'admin.card_packs', '/admin/accounts': 'admin.card_accounts',
  '/admin/audit': 'admin.card_audit', '/admin/jobs': 'admin.card_jobs', '/admin/settings': 'admin.card_settings',
} as const

/** Everything of the administration that this person may open. */
export default function Admin() {
  const t = useText()
  return (
    <Frame title={t('shell.admin')}>
      <div className="tiles">
        {useAdminScreens().map((one) => (
          <Link key={one.path} to={one.path}>
            <Card size="small" hoverable title={t(one.title)}>{one.path in ABOUT && t(ABOUT[one.path as keyof typeof ABOUT])}</Card>
          </Link>
        ))}
      </div>
    </Frame>
  )
}
