import { Suspense, lazy } from 'react'
import { Navigate, createBrowserRouter } from 'react-router'
import { needStrings, useText } from '../common/language'
import { type Me, may } from '../common/session'
import { HOMES, SCREENS, type Screen, USUAL_HOME } from './screens'
import { Broken, RouteBroken } from './shell/Broken'
import { Layout } from './shell/Layout'
import { Missing } from './shell/Missing'
import { Waiting } from './shell/Waiting'

const narrow = (): boolean => matchMedia('(max-width: 767px)').matches

/** Where somebody begins: by the first of their roles that has a home of its own. */
export function homeOf(me: Me, screens: Screen[] = SCREENS): string {
  const roles = new Set(me.posts.map((post) => post.role))
  const open = (path: string) => screens.some((one) => one.path === path && may(me, one.permission))
  const homes = HOMES.map(([role, path, onPhone]) => [role, onPhone && narrow() ? onPhone : path] as const)
  return homes.find(([role, path]) => roles.has(role) && open(path))?.[1] ?? USUAL_HOME
}

/** The pages of whoever is signed in. */
export function routerOf(me: Me) {
  return createBrowserRouter([
    {
      element: <Layout />,
      errorElement: <RouteBroken />,
      children: [
        { index: true, element: <Navigate to={homeOf(me)} replace /> },
        ...SCREENS.map((screen) => ({ path: screen.path, element: <Guarded screen={screen} open={may(me, screen.permission)} /> })),
        { path: '*', element: <Missing title="shell.not_found" /> },
      ],
    },
  ])
}

const made = new Map<Screen, ReturnType<typeof lazyOf>>()
const lazyOf = (screen: Screen) =>
  lazy(async () => {
    const [module] = await Promise.all([screen.load(), needStrings(...screen.strings)])
    return module
  })

function Guarded({ screen, open }: { screen: Screen; open: boolean }) {
  const t = useText()
  if (!open) return <Missing title="shell.not_yours" />
  if (!made.has(screen)) made.set(screen, lazyOf(screen))
  const Page = made.get(screen)!
  return (
    <Broken key={screen.path}>
      <title>{`${t(screen.title)} · ${t('common.app')}`}</title>
      <Suspense fallback={<Waiting />}>
        <Page />
      </Suspense>
    </Broken>
  )
}
