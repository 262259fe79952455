import { Suspense, lazy } from 'react'
import { needStrings, useText } from './language'
import type { MapViewProps } from './map/View'

export type { Box, MapHandle, MapViewProps, Mark, Picked } from './map/View'
export type { AreaKind, BaseMap } from './map/style'

const View = lazy(async () => (await Promise.all([import('./map/View'), needStrings('map')]))[0])

/**
 * A map in a page, with a chunk of its own: nothing of MapLibre is loaded before one is drawn. Fills the element around
 * it. Places in and out are WGS-84, whatever the base map's datum.
 */
export function MapView(props: MapViewProps) {
  const t = useText()
  return (
    <Suspense fallback={<div className="waiting" role="status">{t('common.loading')}</div>}>
      <View {...props} />
    </Suspense>
  )
}
