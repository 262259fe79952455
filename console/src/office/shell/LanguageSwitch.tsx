import { Button } from 'antd'
import { setLanguage, useLanguage, useText } from '../../common/language'
import { useMe } from '../../common/session'

/** To the other language; kept for this person. */
export function LanguageSwitch() {
  const [t, language, me] = [useText(), useLanguage(), useMe()]
  return (
    <Button type="text" aria-label={`${t('shell.language_short')} ${t('shell.language')}`} title={t('shell.language')} onClick={() => void setLanguage(language === 'zh' ? 'en' : 'zh', me.id)}>
      {t('shell.language_short')}
    </Button>
  )
}
