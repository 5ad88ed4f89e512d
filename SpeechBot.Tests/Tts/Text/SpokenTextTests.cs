using SpeechBot.Tts.Text;

namespace SpeechBot.Tests.Tts.Text;

public sealed class SpokenTextTests
{
    [Theory]
    [InlineData("0", "zero")]
    [InlineData("42", "forty two")]
    [InlineData("1,234", "one thousand two hundred thirty four")]
    [InlineData("1234567", "one million two hundred thirty four thousand five hundred sixty seven")]
    [InlineData("3.14", "three point one four")]
    [InlineData("0.5", "zero point five")]
    [InlineData("-5", "minus five")]
    [InlineData("It is -12.5 outside.", "It is minus twelve point five outside.")]
    [InlineData("007", "zero zero seven")]
    [InlineData("12345678901234567890", "one two three four five six seven eight nine zero one two three four five six seven eight nine zero")]
    [InlineData("The 1st, 2nd, 3rd and 21st", "The first, second, third and twenty first")]
    [InlineData("112th", "one hundred twelfth")]
    [InlineData("5 = 2 + 3", "five equals two plus three")]
    [InlineData("10 - 4 = 6", "ten minus four equals six")]
    [InlineData("Version 2.5.1", "Version two point five point one")]
    [InlineData("192.168.0.1", "one hundred ninety two dot one hundred sixty eight dot zero dot one")]
    [InlineData("#1", "number one")]
    [InlineData("2^10", "two to the power of ten")]
    [InlineData("I have 2 dogs.", "I have two dogs.")]
    [InlineData("It has 8 legs.", "It has eight legs.")]
    public void Numbers(string written, string spoken) => Assert.Equal(spoken, SpokenText.From(written));

    [Theory]
    [InlineData("in 1984", "in nineteen eighty four")]
    [InlineData("in 1905", "in nineteen oh five")]
    [InlineData("in 1900", "in nineteen hundred")]
    [InlineData("in 2000", "in two thousand")]
    [InlineData("in 2008", "in two thousand eight")]
    [InlineData("in 2026", "in twenty twenty six")]
    [InlineData("the 1990s", "the nineteen nineties")]
    [InlineData("the '80s", "the eighties")]
    [InlineData("1990-1995", "nineteen ninety to nineteen ninety five")]
    [InlineData("January 5, 2026", "January fifth, twenty twenty six")]
    [InlineData("on Jan. 5th", "on January fifth")]
    [InlineData("5 January 2026", "the fifth of January, twenty twenty six")]
    [InlineData("the 4th of July", "the fourth of July")]
    [InlineData("2026-11-22", "November twenty second, twenty twenty six")]
    [InlineData("11/22/2026", "November twenty second, twenty twenty six")]
    [InlineData("22/11/2026", "November twenty second, twenty twenty six")]
    [InlineData("22.11.2026", "November twenty second, twenty twenty six")]
    [InlineData("May 2024", "May twenty twenty four")]
    [InlineData("Mon, Jan 5", "Monday January fifth")]
    [InlineData("You may 5 times", "You may five times")]
    public void Dates(string written, string spoken) => Assert.Equal(spoken, SpokenText.From(written));

    [Theory]
    [InlineData("3:05 p.m.", "three oh five P.M.")]
    [InlineData("at 10:00", "at ten o'clock")]
    [InlineData("at 14:30", "at fourteen thirty")]
    [InlineData("at 5pm today", "at five P.M today")]
    [InlineData("at 3.30pm on", "at three thirty P.M on")]
    [InlineData("7:45 AM", "seven forty five A.M")]
    [InlineData("at 5 p.m. on Monday", "at five P.M on Monday")]
    [InlineData("10:00–11:30", "ten o'clock to eleven thirty")]
    public void Times(string written, string spoken) => Assert.Equal(spoken, SpokenText.From(written));

    [Theory]
    [InlineData("$29.95", "twenty nine dollars and ninety five cents")]
    [InlineData("$1", "one dollar")]
    [InlineData("$0.50", "fifty cents")]
    [InlineData("$3 million", "three million dollars")]
    [InlineData("$3.5M", "three point five million dollars")]
    [InlineData("€20", "twenty euros")]
    [InlineData("20 €", "twenty euros")]
    [InlineData("29,95 €", "twenty nine euros and ninety five cents")]
    [InlineData("£1.01", "one pound and one penny")]
    [InlineData("¥500", "five hundred yen")]
    [InlineData("20 USD", "twenty dollars")]
    [InlineData("-$5", "minus five dollars")]
    [InlineData("$1,299.00", "one thousand two hundred ninety nine dollars")]
    [InlineData("It costs $5.", "It costs five dollars.")]
    [InlineData("$9.99/month", "nine dollars and ninety nine cents per month")]
    public void Prices(string written, string spoken) => Assert.Equal(spoken, SpokenText.From(written));

    [Theory]
    [InlineData("45%", "forty five percent")]
    [InlineData("3.5 %", "three point five percent")]
    [InlineData("90 km/h", "ninety kilometers per hour")]
    [InlineData("1 km", "one kilometer")]
    [InlineData("-5°C", "minus five degrees Celsius")]
    [InlineData("72 °F", "seventy two degrees Fahrenheit")]
    [InlineData("16GB", "sixteen gigabytes")]
    [InlineData("16 GB of RAM", "sixteen gigabytes of RAM")]
    [InlineData("5'10\"", "five foot ten")]
    [InlineData("10-20 km", "ten to twenty kilometers")]
    [InlineData("300,000 km/s", "three hundred thousand kilometers per second")]
    [InlineData("2.4 GHz", "two point four gigahertz")]
    [InlineData("100 m²", "one hundred square meters")]
    [InlineData("5 million km", "five million kilometers")]
    [InlineData("6 ft", "six feet")]
    [InlineData("a 5-km run", "a five kilometers run")]
    public void Units(string written, string spoken) => Assert.Equal(spoken, SpokenText.From(written));

    [Theory]
    [InlineData("1/2", "one half")]
    [InlineData("3/4 cup", "three quarters cup")]
    [InlineData("2 1/2 cups", "two and a half cups")]
    [InlineData("2¾", "two and three quarters")]
    [InlineData("5/8", "five eighths")]
    [InlineData("24/7", "twenty four seven")]
    public void Fractions(string written, string spoken) => Assert.Equal(spoken, SpokenText.From(written));

    [Theory]
    [InlineData("Dr. Smith", "Doctor Smith")]
    [InlineData("Mr. and Mrs. Jones", "Mister and Missus Jones")]
    [InlineData("12 Elm Dr.", "twelve Elm Drive.")]
    [InlineData("St. Louis", "Saint Louis")]
    [InlineData("on Main St. in town", "on Main Street in town")]
    [InlineData("cats, dogs, etc.", "cats, dogs, etc.")]
    [InlineData("e.g. this", "for example this")]
    [InlineData("i.e., that", "that is, that")]
    [InlineData("cats vs. dogs", "cats versus dogs")]
    [InlineData("No. 5", "number five")]
    [InlineData("I said no. 5 times.", "I said number five times.")]
    [InlineData("Acme Inc. makes it", "Acme Incorporated makes it")]
    [InlineData("w/o sugar", "without sugar")]
    [InlineData("approx. 5", "approximately five")]
    public void Abbreviations(string written, string spoken) => Assert.Equal(spoken, SpokenText.From(written));

    [Theory]
    [InlineData("J. R. R. Tolkien", "J R R Tolkien")]
    [InlineData("the U.S. Army", "the U.S Army")]
    [InlineData("in the U.S.", "in the U.S.")]
    [InlineData("the US and the UK", "the U.S and the UK")]
    [InlineData("GIVE IT TO US", "GIVE IT TO US")]
    [InlineData("a PhD", "a P.H.D")]
    [InlineData("two CPUs", "two C.P.U's")]
    [InlineData("the FBI and NASA", "the FBI and NASA")]
    [InlineData("an MP3 file", "an MP three file")]
    [InlineData("COVID-19", "COVID nineteen")]
    [InlineData("H2O", "H two O")]
    public void Initials(string written, string spoken) => Assert.Equal(spoken, SpokenText.From(written));

    [Theory]
    [InlineData("Henry VIII", "Henry the eighth")]
    [InlineData("Queen Elizabeth II", "Queen Elizabeth the second")]
    [InlineData("World War II", "World War two")]
    [InlineData("Chapter IV", "Chapter four")]
    [InlineData("Rocky III", "Rocky three")]
    [InlineData("Vitamin C and I", "Vitamin C and I")]
    [InlineData("Malcolm X", "Malcolm X")]
    public void Roman_numerals(string written, string spoken) => Assert.Equal(spoken, SpokenText.From(written));

    [Theory]
    [InlineData("555-0123", "five five five, zero one two three")]
    [InlineData("(555) 123-4567", "five five five, one two three, four five six seven")]
    [InlineData("+44 20 7946 0958", "plus four four, two zero, seven nine four six, zero nine five eight")]
    [InlineData("bob.smith@example.com", "bob dot smith at example dot com")]
    [InlineData("https://www.example.com/docs", "example dot com slash docs")]
    [InlineData("https://example.com/a/very/long/path/that/nobody/wants/to/hear?x=1", "example dot com")]
    [InlineData("See example.org.", "See example dot org.")]
    [InlineData("Program.cs", "Program dot C.S")]
    [InlineData(".NET 10", "dot NET ten")]
    public void Addresses(string written, string spoken) => Assert.Equal(spoken, SpokenText.From(written));

    [Theory]
    [InlineData("**Paris** is the *capital*.", "Paris is the capital.")]
    [InlineData("# Title\nText", "Title. Text")]
    [InlineData("- one\n- two", "one. two")]
    [InlineData("1. First\n2. Second", "one, First. two, Second")]
    [InlineData("Use `dotnet run` now.", "Use dotnet run now.")]
    [InlineData("Before\n```csharp\nvar x = 1;\n```\nAfter", "Before. After")]
    [InlineData("Before ```code without end", "Before")]
    [InlineData("See [the page](https://example.com/x).", "See the page.")]
    [InlineData("![a cat](cat.png) here", "a cat here")]
    [InlineData("<b>bold</b> &amp; <i>brave</i>", "bold and brave")]
    [InlineData("Hello 😀👍🏽 world ❤️", "Hello world")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", "a, b. one, two")]
    [InlineData("snake_case_name", "snake case name")]
    [InlineData("2 * 3", "two times three")]
    [InlineData("a < b", "a less than b")]
    public void Markup(string written, string spoken) => Assert.Equal(spoken, SpokenText.From(written));

    [Theory]
    [InlineData("It is fine (see above).", "It is fine, see above.")]
    [InlineData("well — maybe", "well, maybe")]
    [InlineData("Tom & Jerry", "Tom and Jerry")]
    [InlineData("he/she", "he or she")]
    [InlineData("C# and C++", "C sharp and C plus plus")]
    [InlineData("“Hello,” she said.", "Hello, she said.")]
    [InlineData("It’s 5 o’clock", "It's five o'clock")]
    [InlineData("", "")]
    [InlineData("😀", "")]
    public void Marks_and_signs(string written, string spoken) => Assert.Equal(spoken, SpokenText.From(written));

    [Fact]
    public void The_longest_input_of_any_one_sign_is_read_in_reasonable_time()
    {
        foreach (var piece in (string[])["(", "1,", "-", "A. ", "1/", "_", "[", "<a ", "`", "Main ", "1.", "*", "| "])
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            SpokenText.From(string.Concat(Enumerable.Repeat(piece, 4096 / piece.Length)));

            // Generous: what it guards against is a pattern that backtracks for minutes.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), piece);
        }
    }
}
