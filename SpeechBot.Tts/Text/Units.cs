using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>A number with a unit: "90 km/h" → "ninety kilometers per hour", "5'10"" → "five foot ten", "45%" → "forty five percent".</summary>
internal static partial class Units
{
    // One, and many where an "s" is not enough. Only after a number, and as upper and lower case as written: "m" and "M", "mb" and "Mb" are not the same.
    private static readonly Dictionary<string, string> Names = WordTable.Parse(
        """
        % = percent | percent; ‰ = per mille | per mille
        °C = degree Celsius | degrees Celsius; °F = degree Fahrenheit | degrees Fahrenheit; ° = degree
        km/h = kilometer per hour | kilometers per hour; kph = kilometer per hour | kilometers per hour
        mph = mile per hour | miles per hour; m/s = meter per second | meters per second; kn = knot
        km = kilometer; m = meter; cm = centimeter
        mm = millimeter; µm = micrometer; nm = nanometer
        mi = mile; ft = foot | feet; yd = yard; ha = hectare
        km² = square kilometer; m² = square meter; cm² = square centimeter
        m³ = cubic meter; cm³ = cubic centimeter; sq ft = square foot | square feet
        kg = kilogram; g = gram; mg = milligram; µg = microgram
        t = ton; lb = pound; lbs = pound; oz = ounce
        L = liter; l = liter; ml = milliliter; mL = milliliter
        cl = centiliter; gal = gallon; tbsp = tablespoon; tsp = teaspoon
        s = second; sec = second; secs = second; ms = millisecond
        µs = microsecond; ns = nanosecond; min = minute; mins = minute
        h = hour; hr = hour; hrs = hour; yr = year; yrs = year
        KB = kilobyte; kB = kilobyte; MB = megabyte; GB = gigabyte
        TB = terabyte; PB = petabyte; KiB = kibibyte; MiB = mebibyte
        GiB = gibibyte; Kbps = kilobit per second | kilobits per second; kbps = kilobit per second | kilobits per second
        Mbps = megabit per second | megabits per second; Gbps = gigabit per second | gigabits per second
        Hz = hertz | hertz; kHz = kilohertz | kilohertz; MHz = megahertz | megahertz; GHz = gigahertz | gigahertz
        W = watt; kW = kilowatt; MW = megawatt; GW = gigawatt
        kWh = kilowatt hour; V = volt; mAh = milliamp hour
        mA = milliamp; dB = decibel; hPa = hectopascal; kPa = kilopascal
        kcal = kilocalorie; cal = calorie; kJ = kilojoule; J = joule
        px = pixel; dpi = dot per inch | dots per inch; fps = frame per second | frames per second
        rpm = revolution per minute | revolutions per minute; bpm = beat per minute | beats per minute
        """);

    private static readonly Dictionary<string, string> Pers = WordTable.Parse(
        """
        s = second; sec = second; min = minute; h = hour; hr = hour; hour = hour; day = day; wk = week
        week = week; mo = month; month = month; yr = year; year = year; kg = kilogram; lb = pound
        person = person; night = night; user = user; GB = gigabyte; MB = megabyte; m² = square meter; L = liter
        """);

    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        new(FeetAndInches, match => $"{match.Groups[1].Value} foot {match.Groups[2].Value}"),
        new(new Regex($@"(?<![\w.,])([-−])?({Numerals.Pattern})(\s?(?:thousand|million|billion|trillion))?[\s-]?({Alternatives()})(?![\w²³])(?:\.(?=\s+[a-z]))?", RegexOptions.CultureInvariant), Say),
        new(SpokenWithUnit, match => match.Groups[1].Value + " " + Name(match.Groups[2].Value, isOne: false)),
        new(PerUnit, match => $" per {Pers[match.Groups[1].Value]}"),
    ];

    private static string Say(Match match)
    {
        var (sign, amount, scale) = (match.Groups[1].Success ? "minus " : "", match.Groups[2].Value, match.Groups[3].Value);
        return $"{sign}{Numerals.Amount(amount)}{scale} {Name(match.Groups[4].Value, isOne: amount == "1" && scale.Length == 0)}";
    }

    private static string Name(string unit, bool isOne) =>
        Names[unit].Split(" | ") is [var one, var many] ? isOne ? one : many : isOne ? Names[unit] : Names[unit] + "s";

    /// <summary>Longest first, so that "km/h" is not taken for "km".</summary>
    private static string Alternatives() => string.Join('|', Names.Keys.OrderByDescending(name => name.Length).Select(Regex.Escape));

    [GeneratedRegex(@"\b(\d)['′]\s?(\d{1,2})(?:[""″]|'')")]
    private static partial Regex FeetAndInches { get; }

    // A fraction is words by now: "half km".
    [GeneratedRegex(@"\b(half|halves|third|thirds|quarters?|fifths?|eighths?) (km|m|kg|mi|lb|h|GB|L)\b")]
    private static partial Regex SpokenWithUnit { get; }

    [GeneratedRegex(@"(?<=[a-z])\s?/\s?(sec|s|min|hour|hr|h|day|week|wk|month|mo|year|yr|kg|lb|person|night|user|GB|MB|m²|L)(?!\w)")]
    private static partial Regex PerUnit { get; }
}
