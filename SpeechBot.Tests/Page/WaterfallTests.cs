using System.Globalization;
using System.Text.RegularExpressions;
using Bunit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.Web.Components.Talk;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Page;

public sealed partial class WaterfallTests : PageTest
{
    [Fact]
    public void The_segments_add_up_to_the_number_beside_them()
    {
        var waterfall = Render<Waterfall>(parameters => parameters.Add(component => component.Turn, Answered()));

        var shares = waterfall.FindAll(".bar span").Select(part => double.Parse(Grow().Match(part.GetAttribute("style")!).Groups[1].Value, CultureInfo.InvariantCulture));

        Assert.Equal(312, shares.Sum());
        Assert.Equal("312 ms", waterfall.Find(".number").TextContent);
    }

    [Fact]
    public void It_can_be_read_without_seeing_it()
    {
        var waterfall = Render<Waterfall>(parameters => parameters.Add(component => component.Turn, Answered()));

        Assert.Equal("Answered in 312 ms: ears 118, brain 94, voice 56, waiting 13, on its way 31", waterfall.Find("button").GetAttribute("aria-label"));
    }

    [Fact]
    public void A_press_explains_each_part_and_leads_to_the_trace()
    {
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Dashboard:Url", "http://localhost:18888/")]).Build());
        var waterfall = Render<Waterfall>(parameters => parameters.Add(component => component.Turn, Answered()));

        waterfall.Find("button").Click();

        Assert.Equal(["118", "94", "56", "13", "31"], waterfall.FindAll("tbody td:last-child").Select(cell => cell.TextContent));
        Assert.Equal("http://localhost:18888/traces/detail/4bf92f3577b34da6a3ce929d0e0e4736", waterfall.Find("a").GetAttribute("href"));
    }

    [Fact]
    public void Nothing_is_drawn_before_anything_was_answered()
    {
        var waterfall = Render<Waterfall>(parameters => parameters.Add(component => component.Turn, new Turn("turn_1", DateTimeOffset.UnixEpoch)));

        Assert.Empty(waterfall.Markup.Trim());
    }

    [GeneratedRegex(@"flex-grow:([\d.]+)")]
    private static partial Regex Grow();
}
