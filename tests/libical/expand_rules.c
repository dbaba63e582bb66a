/* Reads lines `DTSTART RRULE LAST` (wall-clock times as 20260105T090000) and prints for each the wall-clock times that
   libical gives for the rule, up to LAST, on one line. The line ends in `!` where libical takes no such rule, or has found no
   next date within half a second (it looks as far as the year 2582, one day after the other) or crashes: each rule is
   expanded in a process of its own. */
#include <libical/ical.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int expand(const char *start, const char *rule, const char *last)
{
    struct icalrecurrencetype read = icalrecurrencetype_from_string(rule);
    struct icaltimetype until = icaltime_from_string(last);
    if (read.freq == ICAL_NO_RECURRENCE)
        return 1;
    icalrecur_iterator *dates = icalrecur_iterator_new(read, icaltime_from_string(start));
    if (!dates)
        return 1;
    ualarm(500000, 0);
    for (struct icaltimetype at = icalrecur_iterator_next(dates); !icaltime_is_null_time(at) && icaltime_compare(at, until) <= 0;
         at = icalrecur_iterator_next(dates))
        printf("%04d%02d%02dT%02d%02d%02d ", at.year, at.month, at.day, at.hour, at.minute, at.second);
    return 0;
}

int main(void)
{
    static char start[32], rule[4096], last[32];
    while (scanf("%31s %4095s %31s", start, rule, last) == 3) {
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            int wrong = expand(start, rule, last);
            fflush(stdout);
            _exit(wrong);
        }
        int status;
        if (child < 0 || waitpid(child, &status, 0) < 0)
            return 2;
        printf(status ? "!\n" : "\n");
    }
    return 0;
}
