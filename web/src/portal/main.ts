import '@/shared/tokens.css'
import '@/shared/base.css'
import { createApp, h } from 'vue'
createApp({ render: () => h('main', '政务服务') }).mount('#app')
