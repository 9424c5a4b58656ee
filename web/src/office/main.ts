import '@/shared/tokens.css'
import '@/shared/base.css'
import './office.css'
import { createApp } from 'vue'
import { followLanguage } from '@/shared/language'
import App from './App.vue'
import { dropOldDrafts } from './form/drafts'
import { entryName } from './form/registerNames'
import { lookUpNames } from './form/schema'
import { router } from './router'
import { applyTextSize, tellRefusal } from './state'
import { vLabels } from './ui/labels'

followLanguage()
applyTextSize()
lookUpNames(entryName)
const app = createApp(App)
app.config.errorHandler = (error) => {
  console.error(error)
  tellRefusal(error)
}
app.directive('labels', vLabels)
app.use(router).mount('#app')
dropOldDrafts()
setTimeout(() => void import('@/shared/files').then((files) => files.dropOldFiles()).catch(() => {}), 10_000)
