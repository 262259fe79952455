import { useState } from 'react'
import { useText } from '../common/language'
import { useSession } from '../common/session'
import { SignInForm } from './me/SignIn'
import { takeUpdate, useUpdate } from './update'

/** What concerns the whole app; nothing of it covers or reloads what is being typed. */
export function Banners() {
  const [t, session, update] = [useText(), useSession(), useUpdate()]
  const [open, setOpen] = useState(false)
  return (
    <>
      {update && (
        <p className="banner">
          <span>{t('field.update')}</span>
          <button type="button" className="small" onClick={takeUpdate}>{t('field.update_now')}</button>
        </p>
      )}
      {!window.isSecureContext && <p className="banner warn">{t('field.insecure')}</p>}
      {session.is === 'lapsed' && (
        <section className="banner warn" aria-label={t('field.lapsed')}>
          <span>{t('field.lapsed')}</span>
          {open ? <SignInForm name={session.me.id} /> : <button type="button" className="small" onClick={() => setOpen(true)}>{t('common.sign_in')}</button>}
        </section>
      )}
    </>
  )
}
