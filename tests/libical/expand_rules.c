/* Reads lines `DTSTART RRULE LAST` (wall-clock times as 20260105T090000) and prints for each the wall-clock times that
   libical gives for the rule, up to LAST, on one line; `!` and what is wrong where it takes no such rule. */
#include <libical/ical.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    static char start[32], rule[4096], last[32];
    while (scanf("%31s %4095s %31s", start, rule, last) == 3) {
        struct icalrecurrencetype read = icalrecurrencetype_from_string(rule);
        struct icaltimetype until = icaltime_from_string(last);
        icalrecur_iterator *dates = NULL;
        if (read.freq != ICAL_NO_RECURRENCE)
            dates = icalrecur_iterator_new(read, icaltime_from_string(start));
        if (!dates) {
            printf("! %s\n", icalerror_strerror(icalerrno));
            continue;
        }
        for (struct icaltimetype at = icalrecur_iterator_next(dates);
             !icaltime_is_null_time(at) && icaltime_compare(at, until) <= 0; at = icalrecur_iterator_next(dates))
            printf("%04d%02d%02dT%02d%02d%02d ", at.year, at.month, at.day, at.hour, at.minute, at.second);
        printf("\n");
        icalrecur_iterator_free(dates);
    }
    return 0;
}
