import { useState } from 'react'
import type { Problem } from '../api/problem'
import { currentLanguage, setLanguage, useText } from '../common/language'
import { signIn, signOut, useSession } from '../common/session'

/** The field app: sign-in, then its screens. */
export function Field() {
  const [t, session] = [useText(), useSession()]
  return (
    <main className="field">
      <title>{t('field.title')}</title>
      <header>
        <h1>{t('field.title')}</h1>
        <button type="button" className="plain" onClick={() => void setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh', session.me?.id)}>{t('field.language')}</button>
      </header>
      {session.is === 'someone' ? (
        <section>
          <p>{t('field.hello', { name: session.me.name || session.me.id })}</p>
          <p>{t('field.ready')}</p>
          <button type="button" onClick={() => void signOut()}>{t('common.sign_out')}</button>
        </section>
      ) : (
        <SignIn name={session.me?.id ?? ''} />
      )}
    </main>
  )
}

function SignIn({ name }: { name: string }) {
  const t = useText()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [codeAsked, setCodeAsked] = useState(false)
  const submit = async (given: FormData) => {
    try {
      await signIn(String(given.get('name')).trim(), String(given.get('password')), String(given.get('code') ?? '').trim())
    } catch (error) {
      setProblem(error as Problem)
      if ((error as Problem).code === 'second_factor_needed') setCodeAsked(true)
    }
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); void submit(new FormData(event.currentTarget)) }}>
      {problem && <p role="alert" className="alert">{problem.title}</p>}
      <label>{t('common.name')}<input name="name" defaultValue={name} autoComplete="username" required /></label>
      <label>{t('common.password')}<input name="password" type="password" autoComplete="current-password" required /></label>
      {codeAsked && <label>{t('common.code')}<input name="code" autoComplete="one-time-code" inputMode="numeric" required /></label>}
      <button type="submit">{t('common.sign_in')}</button>
    </form>
  )
}
