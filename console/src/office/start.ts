import '../common/base.css'

const begin = (): void => void import('./main')

// What the page itself holds is painted before the program takes the processor; a tab that is not seen paints nothing.
if (document.visibilityState === 'hidden') begin()
else requestAnimationFrame(() => setTimeout(begin))
