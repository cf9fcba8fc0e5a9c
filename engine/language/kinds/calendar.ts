/** The kind `calendar`: zone, working hours, holidays, make-up days, and how far it is known. */

import { list, mapOf, wordOr } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { date, id } from '../shape/scalar.ts';
import { days, hours, weekdays, zone } from '../shape/time.ts';
import { text } from './text.ts';

const holiday = record(
  { zh: '假日', en: 'a holiday' },
  {
    on: required(days(), '一天，或首末两天', 'a day, or first..last'),
    title: optional(text, '名称', 'what people read'),
  },
);

const makeUpDay = wordOr(
  date(),
  record(
    { zh: '调休补班日', en: 'a make-up day' },
    { on: required(date(), '日期', 'the day'), title: optional(text, '名称', 'what people read') },
  ),
);

export const calendar = record(
  { zh: '日历', en: 'a calendar' },
  {
    calendar: required(
      id('日历标识', 'the id of the calendar'),
      '标识，与文件同名',
      'its id; the file has the same name',
    ),
    title: optional(text, '名称', 'what people read'),
    zone: required(zone(), 'IANA 时区，如 Asia/Shanghai', 'an IANA zone, such as Asia/Shanghai'),
    hours: required(
      mapOf(
        { zh: '工作时间', en: 'working hours' },
        weekdays(),
        list({ zh: '时段的列表', en: 'a list of hours' }, hours()),
      ),
      '按星期：monday、monday-friday 等',
      'by day of the week: monday, monday-friday, …',
    ),
    holidays: optional(list({ zh: '假日的列表', en: 'a list of holidays' }, holiday), '放假', 'days off'),
    make_up_days: optional(
      list({ zh: '调休补班日的列表', en: 'a list of make-up days' }, makeUpDay),
      '调休补班',
      'days off that are worked all the same',
    ),
    valid_through: required(
      date(),
      '此后的日期按星期推算并注明',
      'later dates are counted by weekday alone and marked',
    ),
  },
);

export type CalendarSource = RecordOf<typeof calendar.keys>;
