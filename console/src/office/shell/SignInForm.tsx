import { Alert, Button, Divider, Form, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Problem } from '../../api/problem'
import { useText } from '../../common/language'
import { signIn, waysIn } from '../../common/session'

type Values = { name: string; password: string; code?: string; city?: string }

/** Name and password, then what else the server asks for. `name` stands where someone signs in again. */
export function SignInForm({ name, onDone }: { name?: string; onDone?: () => void }) {
  const t = useText()
  const [asks, setAsks] = useState({ code: false, city: false })
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const ways = useQuery({ queryKey: ['ways'], queryFn: waysIn, staleTime: Infinity })
  const submit = async (given: Values) => {
    setBusy(true)
    setProblem(null)
    try {
      await signIn(given.name.trim(), given.password, given.code?.trim() ?? '', given.city)
      onDone?.()
    } catch (error) {
      const found = error as Problem
      if (found.code === 'second_factor_needed') setAsks((was) => ({ ...was, code: true }))
      else if (found.faults?.some((one) => one.field === 'city')) setAsks((was) => ({ ...was, city: true }))
      if (found.code !== 'second_factor_needed' || asks.code) setProblem(found)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form<Values> layout="vertical" size="large" requiredMark={false} initialValues={{ name }} onFinish={(given) => void submit(given)}>
      {problem && <Alert type="error" showIcon title={problem.title} description={problem.retryAfterS ? t('common.wait_s', { n: problem.retryAfterS }) : undefined} className="form-alert" />}
      <Form.Item name="name" label={t('common.name')} rules={[{ required: true, message: t('common.required') }]}>
        <Input autoComplete="username" autoFocus={!name} maxLength={80} />
      </Form.Item>
      <Form.Item name="password" label={t('common.password')} rules={[{ required: true, message: t('common.required') }]}>
        <Input.Password autoComplete="current-password" autoFocus={!!name} maxLength={256} />
      </Form.Item>
      {asks.city && (
        <Form.Item name="city" label={t('common.city_code')} help={t('common.city_needed')} rules={[{ pattern: /^\d{6}$/ }]}>
          <Input inputMode="numeric" maxLength={6} />
        </Form.Item>
      )}
      {asks.code && (
        <Form.Item name="code" label={t('common.code')} rules={[{ required: true, message: t('common.required') }]}>
          <Input autoComplete="one-time-code" autoFocus maxLength={32} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" block loading={busy}>{t('common.sign_in')}</Button>
      {ways.data?.provider && !name && (
        <>
          <Divider plain />
          <Button block href="/api/session/oidc">{t('common.sign_in_provider')}</Button>
        </>
      )}
    </Form>
  )
}
