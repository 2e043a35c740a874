import type { signIn as english } from '../en/signIn';
import type { In } from './in';

export const signIn: In<typeof english> = {
  title: '登录',
  email: '邮箱',
  password: '密码',
  submit: '登录',
  busy: '正在登录…',
  unlock: '解锁',
  locked: '已锁定',
  language: '语言',
  missing: '请输入邮箱和密码。',
  offline: '没有网络。首次在本机登录需要网络，之后用 PIN 码随时可以打开。',
  trouble: '服务器没有正常响应。内容没有丢失，请稍后再试。',
  leaseEnded: '本机离线时间过长。请重新登录以查看客户；您填写的内容都还在。',
  wrongPin: 'PIN 码错误次数过多。请用密码登录；您填写的内容都还在。',
  revoked: '经理已停用本机。您填写的内容都还在，请联系经理。',
  people: '本机用户',
  withPin: '用 PIN 码打开',
  withPassword: '用密码打开',
  unsent: '{count} 条未上传',
  somebodyElse: '换一位用户',
  again: '重新登录',
  againText: '服务器需要确认您的身份，才能接收这里待上传的内容。',
};
