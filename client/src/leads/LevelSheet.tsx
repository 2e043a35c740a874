import { changeLevel } from '../follow_ups/lead_mutators';
import { t } from '../i18n';
import type { LeadRow, Level, Stage } from '../model';
import { add } from '../sync/store';
import { ChipGroup } from '../ui/ChipGroup';
import { levelMeaning, Lozenge } from '../ui/Lozenge';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { changeStage } from './mutators';
import { isMineToWork } from './queries';
import { isUnsettled } from './touching';

const LEVELS: readonly Level[] = ['H', 'A', 'B', 'C', 'NURTURE', 'N'];
/** What a person may say of the road; the order and the delivery are said by a sale. */
const STAGES: readonly Stage[] = ['NEW', 'CONTACTED', 'APPOINTMENT_SET', 'VISITED', 'TEST_DRIVE_BOOKED', 'TEST_DRIVEN', 'NEGOTIATING'];

export function LevelSheet({ lead, open, onClose }: { lead: LeadRow; open: boolean; onClose: () => void }) {
  const may = isMineToWork(lead) && isUnsettled(lead);
  return (
    <Sheet open={open} title={t('lead.levelTitle')} onClose={onClose}>
      <div class="stack">
        <ul class="menu" aria-label={t('words.level')}>
          {LEVELS.map((level) => (
            <li key={level}>
              <button type="button" class="level-choice" aria-pressed={lead.level === level} disabled={!may}
                onClick={() => (onClose(), void setLevel(lead, level))}>
                <Lozenge level={level} silent />
                <span>{levelMeaning(level)}</span>
              </button>
            </li>
          ))}
        </ul>
        <h3>{t('lead.changeStage')}</h3>
        <ChipGroup label={t('lead.changeStage')} value={lead.stage} options={STAGES.map((value) => ({ value, label: t(`lead.stage_${value}`) }))}
          onChange={(stage) => stage && may && stage !== lead.stage && void add(changeStage, { leadId: lead.id, stage })} />
      </div>
    </Sheet>
  );
}

async function setLevel(lead: LeadRow, level: Level): Promise<void> {
  if (level === lead.level) return;
  const handle = await add(changeLevel, { leadId: lead.id, level }, { hold: true });
  const word = level === 'NURTURE' ? t('words.levelNURTURE') : level;
  showToast({ text: t('lead.levelChanged', { level: word }), undo: () => void handle.undo() });
}
