import { LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useLanguage, useText } from '../../common/language'
import type { Board } from './board'

use([LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])
export type Series = 'reports' | 'opened' | 'handed_back'
export const SERIES: Series[] = ['reports', 'opened', 'handed_back']
const COLOURS: Record<Series, string> = { reports: '#5cb3ff', opened: '#e3b341', handed_back: '#57c76d' }
const SYMBOLS: Record<Series, string> = { reports: 'circle', opened: 'triangle', handed_back: 'rect' }
const [TEXT, LINE] = ['#9fb3c8', '#22354a']

/** Three lines over the last thirty days; a point opens its records. A table beside it says the same. */
export default function Trend({ days, onOpen }: { days: Board['trend']; onOpen: (day: number, series: Series) => void }) {
  const t = useText()
  const language = useLanguage()
  const frame = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)
  const open = useRef(onOpen)
  open.current = onOpen
  const shown = SERIES.filter((one) => days.some((day) => day[one]))
  useEffect(() => {
    const made = (chart.current = init(frame.current!, null, { renderer: 'canvas' }))
    made.on('click', ({ dataIndex, seriesId }) => open.current(dataIndex, seriesId as Series))
    const sized = new ResizeObserver(() => made.resize())
    sized.observe(frame.current!)
    return () => {
      sized.disconnect()
      made.dispose()
    }
  }, [])
  useEffect(() => {
    chart.current?.setOption({
      animation: false, textStyle: { fontFamily: 'inherit' }, color: shown.map((one) => COLOURS[one]),
      grid: { left: 8, right: 12, top: 34, bottom: 4, containLabel: true },
      legend: { top: 0, right: 0, textStyle: { color: TEXT, fontSize: 12 }, itemWidth: 18, itemHeight: 8 },
      tooltip: { trigger: 'axis', renderMode: 'richText', backgroundColor: '#0c1622', borderColor: LINE, textStyle: { color: '#e6edf5', fontSize: 12 } },
      xAxis: { type: 'category', boundaryGap: false, data: days.map((one) => one.day.slice(5)), axisLine: { lineStyle: { color: LINE } }, axisTick: { show: false }, axisLabel: { color: TEXT, hideOverlap: true } },
      yAxis: { type: 'value', minInterval: 1, axisLabel: { color: TEXT }, splitLine: { lineStyle: { color: LINE } } },
      series: shown.map((one) => ({ id: one, name: t(`cockpit.${one}`), type: 'line', data: days.map((day) => day[one]?.count ?? 0), symbol: SYMBOLS[one], symbolSize: 7, lineStyle: { width: 2 }, triggerLineEvent: false })),
    }, { replaceMerge: ['series'] })
  }, [days, language])
  return <div ref={frame} className="trend" role="img" aria-label={t('cockpit.trend')} />
}
