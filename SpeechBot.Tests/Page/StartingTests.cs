using Bunit;
using SpeechBot.Web.Components.Starting;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Page;

public sealed class StartingTests : PageTest
{
    [Fact]
    public void A_service_that_loads_says_what_it_does_and_how_long_that_took_last_time()
    {
        var line = Line(new ServiceStatus("llm", "brain", Ready: false, "loading 98 MB", LastLoadSeconds: 2.25));

        Assert.Equal("loading 98 MB", line.Find(".detail").TextContent);
        Assert.Equal("last time 2.3 s", line.Find(".last").TextContent);
        Assert.Empty(line.FindAll(".tick svg"));
    }

    [Fact]
    public void A_service_that_is_ready_has_a_tick()
    {
        var line = Line(new ServiceStatus("llm", "brain", Ready: true, LastLoadSeconds: 2));

        Assert.Single(line.FindAll(".tick svg"));
        Assert.Equal("2.0 s", line.Find("[data-testid=service-llm] .last").TextContent);
    }

    private IRenderedComponent<StartingService> Line(ServiceStatus service) =>
        Render<StartingService>(parameters => parameters.Add(component => component.Service, service));
}
