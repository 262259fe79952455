import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as Messages, ConfigProvider, theme as themes } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import { useMemo } from 'react'
import { RouterProvider } from 'react-router'
import { Problem } from '../api/problem'
import { useLanguage } from '../common/language'
import { useSession } from '../common/session'
import { useTheme } from '../common/theme'
import { styleNonce } from './nonce'
import { routerOf } from './router'
import { SignInAgain } from './shell/SignInAgain'
import { SignInPage } from './shell/SignInPage'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (times, error) => times < 2 && error instanceof Problem && error.passing,
      refetchOnWindowFocus: false, // the live stream tells what changed
    },
  },
})

const TOKENS = {
  light: { colorPrimary: '#1d5c8f', colorLink: '#1d5c8f', colorLinkHover: '#174a73', colorLinkActive: '#123a5a', colorTextSecondary: '#57606a', colorTextTertiary: '#626a73', colorTextPlaceholder: '#6b737c', colorError: '#c5221f', colorSuccess: '#1a7f37', colorWarning: '#8a5a00', colorWarningBg: '#fdf6e3', colorWarningBorder: '#e3c77f', colorPrimaryBg: '#e6eff7', colorPrimaryBgHover: '#d6e6f3', controlItemBgActive: '#e6eff7', controlItemBgActiveHover: '#d6e6f3', colorSuccessBg: '#edf7f0', colorSuccessBorder: '#a6d3b2', colorErrorBg: '#fdeeed', colorErrorBorder: '#efb3b0' },
  dark: { colorPrimary: '#3d85bd', colorPrimaryHover: '#3579ad', colorPrimaryActive: '#2f6c9b', colorLink: '#79b8ee', colorLinkHover: '#a5d3f7', colorLinkActive: '#a5d3f7', colorTextSecondary: '#b3bac4', colorTextTertiary: '#a4abb6', colorTextPlaceholder: '#949ca8', colorBgBase: '#15181d', colorBgContainer: '#15181d', colorBgElevated: '#1d2127', colorBorder: '#434a55', colorBorderSecondary: '#2c323b', colorFillAlter: '#1d2127', colorError: '#ff8a80', colorWarningBg: '#2e2613', colorWarningBorder: '#6b5520' },
}

const COMPONENTS = {
  light: {
    Button: { defaultHoverColor: '#174a73', defaultHoverBorderColor: '#174a73', defaultActiveColor: '#123a5a', defaultActiveBorderColor: '#123a5a' },
    Menu: { itemBg: 'transparent', itemSelectedBg: '#e6eff7', itemSelectedColor: '#1d5c8f', itemHeight: 36 },
    Table: { cellPaddingBlockSM: 6, headerBg: '#f4f6f8' },
  },
  dark: {
    Button: { defaultHoverColor: '#a5d3f7', defaultHoverBorderColor: '#79b8ee', defaultActiveColor: '#a5d3f7', defaultActiveBorderColor: '#79b8ee' },
    Menu: { itemBg: 'transparent', itemSelectedBg: '#22384b', itemSelectedColor: '#b9dcf7', itemHeight: 36 },
    Table: { cellPaddingBlockSM: 6, headerBg: '#1d2127' },
    // The primary colour is a ground for white letters; letters on the dark ground want a lighter one.
    Tabs: { itemSelectedColor: '#79b8ee', itemHoverColor: '#a5d3f7', itemActiveColor: '#a5d3f7', inkBarColor: '#79b8ee' },
  },
}

/** Language, look, queries and whoever is signed in, around all screens. */
export function App() {
  const [language, look, session] = [useLanguage(), useTheme(), useSession()]
  const router = useMemo(() => (session.me && session.settled ? routerOf(session.me) : null), [session.me?.id, session.settled])
  return (
    <ConfigProvider
      locale={language === 'zh' ? zh : en}
      csp={{ nonce: styleNonce() }}
      componentSize="middle"
      button={{ autoInsertSpace: false }}
      theme={{
        zeroRuntime: true, // its rules come as a file: making them while drawing took a third of the first second
        hashed: false,
        algorithm: look === 'dark' ? themes.darkAlgorithm : themes.defaultAlgorithm,
        token: { ...TOKENS[look], borderRadius: 4, fontSize: 14, motionDurationMid: '0.1s', motionDurationSlow: '0.15s' },
        components: COMPONENTS[look],
      }}
    >
      <Messages notification={{ placement: 'bottomRight', maxCount: 4 }}>
        <QueryClientProvider client={queries}>
          {router ? <RouterProvider router={router} /> : <SignInPage />}
          {session.is === 'lapsed' && <SignInAgain />}
        </QueryClientProvider>
      </Messages>
    </ConfigProvider>
  )
}
