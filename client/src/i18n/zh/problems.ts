import type { problems as english } from '../en/problems';
import type { In } from './in';

export const problems: In<typeof english> = {
  unknown: '服务器未接受这条内容。您填写的内容仍保留在这里。',
  offline: '没有网络。您填写的内容已保存在本机，稍后上传。',
  KEY_REUSED: '这条内容曾以不同的数据上传过。您填写的内容仍保留在这里。',
  OUT_OF_ORDER: '需要先上传更早的一条，系统会自动重试。',
  DEPENDS_ON_REFUSED: '它依赖的一条内容被拒绝了，请先处理那一条。',
  STAGE_CONFLICT: '这条线索的阶段已被别人更改。',
  NO_LONGER_YOURS: '这条线索已换了归属顾问。您写的内容已作为备注建议转给对方。',
  SLOT_TAKEN: '该车在这个时间已被预约。',
};
