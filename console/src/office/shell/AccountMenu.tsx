import { UserOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useNavigate } from 'react-router'
import { useText } from '../../common/language'
import { signOut, useMe } from '../../common/session'
import { type Wish, setWish, useWish } from '../../common/theme'
import { useProblems } from '../problems'

const WISHES: Wish[] = ['system', 'light', 'dark']

/** Who one is, one's own things, the look, and the way out. */
export function AccountMenu() {
  const [t, me, wish, tell, navigate] = [useText(), useMe(), useWish(), useProblems(), useNavigate()]
  const items = [
    { key: 'account', label: t('shell.account') },
    { key: 'theme', type: 'group' as const, label: t('shell.theme'), children: WISHES.map((one) => ({ key: `theme.${one}`, label: `${one === wish ? '✓ ' : '　'}${t(`shell.theme_${one}`)}` })) },
    { type: 'divider' as const },
    { key: 'out', label: t('shell.sign_out') },
  ]
  const chosen = (key: string) => {
    if (key === 'out') void signOut().catch(tell)
    else if (key.startsWith('theme.')) setWish(key.slice(6) as Wish)
    else void navigate('/account')
  }
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => chosen(key) }} trigger={['click']} placement="bottomRight">
      <Button type="text" icon={<UserOutlined />} className="who" aria-label={`${me.name || me.id} ${t('shell.account')}`}><span>{me.name || me.id}</span></Button>
    </Dropdown>
  )
}
