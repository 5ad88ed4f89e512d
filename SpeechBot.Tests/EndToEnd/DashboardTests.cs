using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SpeechBot.ServiceDefaults.Telemetry;
using SpeechBot.Tests.Page;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.EndToEnd;

/// <summary>The Aspire dashboard, as a developer sees it who asks where the time went.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed partial class DashboardTests(AppHostFixture system, SpokenTurn turn, BrowserFixture browsers) : IClassFixture<SpokenTurn>, IClassFixture<BrowserFixture>
{
    private static readonly string[] Resources = ["cache", "stt", "llm", "tts", "web"];

    [Fact]
    public async Task Every_resource_is_listed_and_healthy()
    {
        await system.HealthyAsync(Resources);
        var page = await OpenAsync("/");
        foreach (var resource in Resources)
        {
            var row = page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByText(resource, new() { Exact = true }) }).First;
            await Assertions.Expect(row).ToContainTextAsync("Running");
            await Assertions.Expect(row).Not.ToContainTextAsync(Unhealthy());
        }

        await Screenshots.TakeAsync(page, "dashboard-resources");
        await page.GotoAsync(new Uri(system.Dashboard, "/?view=Graph").ToString());
        await Assertions.Expect(page.Locator("svg.resource-graph, .resource-graph svg").First).ToContainTextAsync("web");
        await Screenshots.TakeAsync(page, "dashboard-graph");
    }

    [Fact]
    public async Task The_details_of_a_service_tell_its_accelerator_and_its_model()
    {
        await system.HealthyAsync("llm");
        var page = await OpenAsync("/");
        await page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByText("llm", new() { Exact = true }) }).First.ClickAsync();
        var details = page.GetByRole(AriaRole.Row);
        await Assertions.Expect(details.Filter(new() { HasText = "Health state" }).First).ToBeVisibleAsync();

        // Dashboards before 13.6 show what they do not know only when they are asked for everything.
        var model = details.Filter(new() { HasText = Path.GetFileNameWithoutExtension(TestModels.StarterBrain) });
        if (await model.CountAsync() == 0)
        {
            await page.GetByTitle("View options").Last.ClickAsync();
            await page.GetByRole(AriaRole.Menuitem).Filter(new() { HasText = "Show all" }).First.ClickAsync();
        }

        await Assertions.Expect(model.First).ToContainTextAsync("Model");
        await Assertions.Expect(details.Filter(new() { HasText = "Accelerator in use" }).First).ToContainTextAsync(EngineKind());
        await Screenshots.TakeAsync(page, "dashboard-details");
    }

    [Fact]
    public async Task The_turn_is_found_among_the_traces_and_its_spans_are_in_order()
    {
        var page = await OpenAsync("/traces");
        await SearchAsync(page, TelemetryNames.Spans.VoiceTurn);

        await page.GotoAsync(new Uri(system.Dashboard, $"/traces/detail/{turn.TraceId}").ToString());
        var rows = page.GetByRole(AriaRole.Row);
        var expected = turn.Spans.Where(span => span.Service == "web" && span.ParentId == turn.Root.SpanId && span.Name is "ears" or "brain" or "voice" or "wait" or "sound" or "play")
            // The dashboard may show those that begin at the same moment in either order.
            .Where(span => span.End - span.Start >= 1)
            .OrderBy(span => span.Start).Select(span => span.Name).ToArray();
        await Assertions.Expect(rows.Filter(new() { HasText = TelemetryNames.Spans.Play }).First).ToBeVisibleAsync();

        var shown = (await rows.AllInnerTextsAsync()).ToList();
        Assert.Contains(TelemetryNames.Spans.VoiceTurn, shown.First(row => row.Contains("web", StringComparison.Ordinal)), StringComparison.Ordinal);
        var places = expected.Select(name => shown.FindIndex(row => Regex.IsMatch(row, $@"\b{name}\b(?! turn)"))).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        await Screenshots.TakeAsync(page, "dashboard-trace");
    }

    // Rows that do not fit are not there at all, and others may be older. What is typed before the dashboard's page is connected is lost.
    private static async Task SearchAsync(IPage page, string text)
    {
        var search = page.GetByRole(AriaRole.Searchbox).First;
        var found = page.GetByRole(AriaRole.Row).Filter(new() { HasText = text }).First;
        for (var attempt = 0; attempt < 10 && !await found.IsVisibleAsync(); attempt++)
        {
            await search.FillAsync("");
            await search.FillAsync(text);
            await page.WaitForTimeoutAsync(2_000);
        }

        await Assertions.Expect(found).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await browsers.OpenAsync(options: new() { ViewportSize = new() { Width = 1400, Height = 1000 } });
        await page.GotoAsync(new Uri(system.Dashboard, path).ToString());
        return page;
    }

    [GeneratedRegex("cpu|cuda")]
    private static partial Regex EngineKind();

    [GeneratedRegex("Unhealthy|Degraded|Exited|Failed")]
    private static partial Regex Unhealthy();
}
