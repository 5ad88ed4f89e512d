namespace SpeechBot.AppHost.Accelerators;

/// <summary>Chooses between CPU and GPU: the one place where that is done.</summary>
public static class AcceleratorExtensions
{
    /// <summary>
    /// Tells a service what to compute on. It reaches the service as the setting Accelerator, the dashboard as a property, and
    /// the deployment as the variables by which NVIDIA's container runtime hands a GPU to a container.
    /// </summary>
    public static IResourceBuilder<T> WithAccelerator<T>(this IResourceBuilder<T> service, Accelerator accelerator) where T : IResourceWithEnvironment
    {
        var setting = accelerator.ToString().ToLowerInvariant();
        service
            .WithAnnotation(new AcceleratorAnnotation(accelerator), ResourceAnnotationMutationBehavior.Replace)
            .WithEnvironment("Accelerator", setting);

        if (service.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            return accelerator == Accelerator.Cpu ? service : service
                .WithEnvironment("NVIDIA_VISIBLE_DEVICES", "all")
                .WithEnvironment("NVIDIA_DRIVER_CAPABILITIES", "compute,utility");
        }

        return service.WithDashboardProperty("Accelerator", setting);
    }
}
