import { useState } from 'react'
import { api, ok } from '../../api/client'
import { Problem } from '../../api/problem'
import { currentLanguage, setLanguage, useText } from '../../common/language'
import { findOut, signIn, useSession } from '../../common/session'
import { kick } from '../outbox/runner'

/** The page before: nobody is known here, or somebody must choose a password first. */
export function SignIn() {
  const [t, session] = [useText(), useSession()]
  const switchTo = (): void => void setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh', session.me?.id)
  const must = session.me && (session.me.must_change_password || session.me.must_set_second_factor)
  return (
    <main className="front">
      <title>{t('field.title')}</title>
      <img src="/icon.svg" alt="" width="72" height="72" />
      <h1>{t('field.title')}</h1>
      <p className="quiet">{t('common.subtitle')}</p>
      {!navigator.onLine && <p className="alert" role="alert">{t('field.first_needs_network')}</p>}
      {must ? <ChoosePassword /> : <SignInForm name="" />}
      <button type="button" className="plain" onClick={switchTo}>{t('field.language')}</button>
    </main>
  )
}

/** Name and password; over a page, the page stays. */
export function SignInForm({ name }: { name: string }) {
  const t = useText()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asks, setAsks] = useState({ code: false, city: false, busy: false })
  const submit = async (given: FormData) => {
    const [who, password, code, city] = ['name', 'password', 'code', 'city'].map((field) => String(given.get(field) ?? ''))
    setAsks((now) => ({ ...now, busy: true }))
    try {
      await signIn(who!.trim(), password!, code!.trim(), city || undefined)
      kick()
    } catch (error) {
      const met = error as Problem
      setProblem(met)
      setAsks((now) => ({ code: now.code || met.code === 'second_factor_needed', city: now.city || met.faults.some((fault) => fault.field === 'city'), busy: false }))
    }
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); void submit(new FormData(event.currentTarget)) }}>
      {problem && <p role="alert" className="alert">{problem.title}{problem.retryAfterS ? ` ${t('common.wait_s', { n: problem.retryAfterS })}` : ''}</p>}
      <label>{t('common.name')}<input name="name" defaultValue={name} autoComplete="username" autoCapitalize="none" required /></label>
      <label>{t('common.password')}<input name="password" type="password" autoComplete="current-password" required /></label>
      {asks.city && <label>{t('common.city_code')}<input name="city" inputMode="numeric" required /></label>}
      {asks.code && <label>{t('common.code')}<input name="code" autoComplete="one-time-code" inputMode="numeric" required /></label>}
      <button type="submit" className="big" disabled={asks.busy}>{t('common.sign_in')}</button>
    </form>
  )
}

function ChoosePassword() {
  const [t, session] = [useText(), useSession()]
  const [said, setSaid] = useState('')
  if (session.me?.must_set_second_factor && !session.me.must_change_password) return <p className="alert">{t('field.factor_at_desk')}</p>
  const submit = async (given: FormData) => {
    const [old, first, again] = ['old', 'new', 'again'].map((field) => String(given.get(field)))
    if (first !== again) return setSaid(t('common.passwords_differ'))
    try {
      await ok(api.POST('/api/me/password', { body: { old: old!, new: first! } }))
      await findOut()
    } catch (error) {
      const met = error as Problem
      setSaid([met.title, ...met.faults.map((fault) => fault.why ?? '')].join(' '))
    }
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); void submit(new FormData(event.currentTarget)) }}>
      <p><b>{t('common.choose_password')}</b><br />{t('common.choose_password_detail')}</p>
      {said && <p role="alert" className="alert">{said}</p>}
      <label>{t('common.old_password')}<input name="old" type="password" autoComplete="current-password" required /></label>
      <label>{t('common.new_password')}<input name="new" type="password" autoComplete="new-password" required /></label>
      <label>{t('common.new_password_again')}<input name="again" type="password" autoComplete="new-password" required /></label>
      <button type="submit" className="big">{t('common.save')}</button>
    </form>
  )
}
