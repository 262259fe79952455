import { Empty } from 'antd'
import { Link } from 'react-router'
import { useText } from '../../common/language'
import { Waiting } from '../shell/Waiting'
import { Bar, everyOf, titleOf, usePlans } from './parts'

/** What the bureau expects of itself, and how the running period of each plan stands. */
export default function Plans() {
  const [t, found] = [useText(), usePlans()]
  if (found.isLoadingError) throw found.error
  if (!found.data) return <Waiting />
  const [rosters, plans] = [found.data.filter((one) => one.roster), found.data.filter((one) => !one.roster)]
  return (
    <div className="plans">
      <div className="head"><h1>{t('plans.plans')}</h1><span className="gap" /><Link to="/calendar">{t('plans.calendar')}</Link><Link to="/campaigns">{t('plans.campaigns')}</Link><Link to="/results">{t('plans.results')}</Link></div>
      {!found.data.length && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('plans.none')} />}
      <ul className="plan-cards">
        {plans.map((one) => (
          <li key={one.name}>
            <h2><Link to={`/plans/${one.name}`}>{titleOf(one)}</Link></h2>
            {one.period && <Bar sum={one.running} unit={one.unit} name={titleOf(one)} />}
            <p>{everyOf(one)} {one.period}</p>
          </li>
        ))}
      </ul>
      {rosters.length > 0 && <><h2>{t('plans.rosters')}</h2><ul className="plan-cards">{rosters.map((one) => <li key={one.name}><h2><Link to={`/rosters/${one.name}`}>{titleOf(one)}</Link></h2></li>)}</ul></>}
    </div>
  )
}
