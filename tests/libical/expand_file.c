/* Parses a calendar with libical and expands every event of it from 1990 to 2028: the measure that a load is held to.
   Prints how many events and occurrences there are, how many seconds they last together, and the milliseconds it took to
   read, to parse and to expand. Nothing is freed at the end, in libical's favour. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long occurrences;
static long long lasting;

static void add(icalcomponent *event, struct icaltime_span *span, void *data)
{
    (void)event;
    (void)data;
    occurrences++;
    lasting += span->end - span->start;
}

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1e3 + at.tv_nsec / 1e6;
}

int main(int count, char **words)
{
    if (count != 2)
        return 2;
    double begun = now();
    FILE *file = fopen(words[1], "rb");
    if (!file)
        return 2;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    if (!text || fread(text, 1, size, file) != (size_t)size)
        return 2;
    text[size] = 0;
    double read = now();
    icalcomponent *calendar = icalparser_parse_string(text);
    double parsed = now();
    if (!calendar)
        return 1;
    icaltimetype first = icaltime_from_string("19900101T000000Z"), last = icaltime_from_string("20280101T000000Z");
    long events = 0;
    for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        events++;
        icalcomponent_foreach_recurrence(event, first, last, add, NULL);
    }
    double done = now();
    printf("%ld %ld %lld %.1f %.1f %.1f\n", events, occurrences, lasting, read - begun, parsed - read, done - parsed);
    fflush(stdout);
    _Exit(0);
}
