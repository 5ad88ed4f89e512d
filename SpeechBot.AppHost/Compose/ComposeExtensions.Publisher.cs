namespace SpeechBot.AppHost.Compose;

public static partial class ComposeExtensions
{
    // The port that aspirate gives to the page, so that what is said of it in the documentation holds for both.
    private const string PagePort = "10000:8080";

    static partial void Add(IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        builder.AddDockerComposeEnvironment("compose").WithDashboard(enabled: false);
        var web = builder.Resources.OfType<ProjectResource>().Single(service => service.Name == "web");
        builder.CreateResourceBuilder(web).PublishAsDockerComposeService((_, service) => service.Ports = [PagePort]);
    }
}
