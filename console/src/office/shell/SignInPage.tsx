import { Button } from 'antd'
import { currentLanguage, setLanguage, useText } from '../../common/language'
import { SignInForm } from './SignInForm'

/** The page before anybody has signed in. */
export function SignInPage() {
  const t = useText()
  return (
    <main className="sign-in">
      <title>{`${t('common.sign_in')} · ${t('common.app')}`}</title>
      <div className="sign-in-box">
        <header>
          <img src="/icon.svg" alt="" width={40} height={40} />
          <div>
            <h1>{t('common.app')}</h1>
            <p>{t('common.subtitle')}</p>
          </div>
        </header>
        <SignInForm />
        <footer>
          <Button type="link" size="small" onClick={() => void setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh')}>
            {t('shell.language')}
          </Button>
        </footer>
      </div>
    </main>
  )
}
