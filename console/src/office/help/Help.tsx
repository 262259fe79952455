import { PlayCircleOutlined, PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Card } from 'antd'
import { Link, useNavigate } from 'react-router'
import { api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { stopsOf } from './open'
import { setTour } from './tour'

const QUESTIONS = ['undo', 'offline', 'late', 'wrong_unit', 'password', 'personal'] as const

/** Where to begin: a tour of five minutes for each of one's roles, what is asked most, the cards to print. */
export default function Help() {
  const [t, me, navigate] = [useText(), useMe(), useNavigate()]
  const roles = useQuery({ queryKey: ['roles'], queryFn: () => ok(api.GET('/api/roles')), staleTime: Infinity }).data ?? []
  const mine = [...new Set(me.posts.map((post) => post.role))].filter((role) => stopsOf(role, me).length)
  const begin = (role: string) => {
    const [first] = stopsOf(role, me)
    setTour({ role, at: 0 })
    if (first && first.path !== '/field') void navigate(first.path)
  }
  return (
    <div className="help">
      <div className="head"><h1>{t('help.title')}</h1><span className="gap" /><Link to="/help/cards"><Button icon={<PrinterOutlined />}>{t('help.cards')}</Button></Link></div>
      <div className="tiles">
        {mine.map((role) => (
          <Card key={role} size="small" title={titled(roles.find((one) => one.name === role)?.title, role)} extra={<Button type="primary" size="small" icon={<PlayCircleOutlined />} onClick={() => begin(role)}>{t('help.tour_begin')}</Button>}>
            <ol className="stops">
              {stopsOf(role, me).map((stop) => <li key={stop.id}>{stop.path === '/field' ? <a href="/field" target="_blank" rel="noopener">{t(stop.title)}</a> : <Link to={stop.path}>{t(stop.title)}</Link>}<p className="quiet">{t(stop.text)}</p></li>)}
            </ol>
          </Card>
        ))}
      </div>
      <h2>{t('help.questions')}</h2>
      <dl className="questions">
        {QUESTIONS.map((one) => <div key={one}><dt>{t(`help.q_${one}`)}</dt><dd>{t(`help.a_${one}`)}</dd></div>)}
      </dl>
      <p className="quiet">{t('help.keys')}</p>
    </div>
  )
}
