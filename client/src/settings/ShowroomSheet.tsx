import { t } from '../i18n';
import { me, setActingIn } from '../people/session';
import { ListRow, Rows } from '../ui/ListRow';
import { Sheet } from '../ui/Sheet';
import { Icon } from '../ui/Icon';

/** For whom one acts: what is tapped next belongs to that showroom. What one sees is another matter. */
export function ShowroomSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { showrooms = [], showroomId } = me.value ?? {};
  const choose = (id: string) => (onClose(), void setActingIn(id));
  return (
    <Sheet open={open} title={t('common.switchShowroom')} onClose={onClose}>
      <Rows label={t('common.switchShowroom')}>
        {showrooms.map(({ id, name }) => (
          <ListRow key={id} title={name} mark={<Icon name={id === showroomId ? 'check' : 'showroom'} />} selected={id === showroomId} onOpen={() => choose(id)} />
        ))}
      </Rows>
    </Sheet>
  );
}
