using MudBlazor;

namespace SpeechBot.Web.Components.Layout;

/// <summary>
/// The page's look: warm paper or soft night, one petrol accent, the system's own font, lines instead of shadows.
/// Text reaches a contrast of at least 4.5 to 1 on its ground, controls and the waterfall's hues 3 to 1 (WCAG 2.2 AA).
/// </summary>
public static class SpeechBotTheme
{
    private static readonly string[] SystemFont = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b6b6b",
            PrimaryContrastText = "#ffffff",
            Secondary = "#4a5458",
            Tertiary = "#0b6b6b",
            Info = "#2f6fc4",
            Success = "#2b7f4b",
            Warning = "#9a6200",
            Error = "#b3261e",
            Dark = "#1d2326",
            TextPrimary = "#1d2326",
            TextSecondary = "#566064",
            TextDisabled = "#7a8387",
            ActionDefault = "#4a5458",
            ActionDisabled = "#8d9599",
            Background = "#fbfaf8",
            BackgroundGray = "#f3f1ed",
            Surface = "#ffffff",
            AppbarBackground = "#fbfaf8",
            AppbarText = "#1d2326",
            DrawerBackground = "#f5f3ef",
            DrawerText = "#1d2326",
            DrawerIcon = "#566064",
            LinesDefault = "#e3dfd8",
            LinesInputs = "#8d9599",
            TableLines = "#e3dfd8",
            Divider = "#e3dfd8",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#5cc8c0",
            PrimaryContrastText = "#08211f",
            Secondary = "#a9b3b6",
            Tertiary = "#5cc8c0",
            Info = "#7db2f2",
            Success = "#6cc48c",
            Warning = "#e5b04f",
            Error = "#f2a29b",
            Dark = "#0e1113",
            TextPrimary = "#e9e7e2",
            TextSecondary = "#a9b3b6",
            TextDisabled = "#79848a",
            ActionDefault = "#a9b3b6",
            ActionDisabled = "#5d676b",
            Background = "#14181a",
            BackgroundGray = "#101315",
            Surface = "#1b2022",
            AppbarBackground = "#14181a",
            AppbarText = "#e9e7e2",
            DrawerBackground = "#101416",
            DrawerText = "#e9e7e2",
            DrawerIcon = "#a9b3b6",
            LinesDefault = "#2b3235",
            LinesInputs = "#6d787d",
            TableLines = "#2b3235",
            Divider = "#2b3235",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = SystemFont, FontSize = "1rem", LineHeight = "1.6", LetterSpacing = "normal" },
            H1 = new H1Typography { FontSize = "1.5rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "-0.01em" },
            H6 = new H6Typography { FontSize = "1.125rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontSize = "1rem", LineHeight = "1.6", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontSize = "0.9375rem", FontWeight = "500", TextTransform = "none", LetterSpacing = "normal" },
            Subtitle1 = new Subtitle1Typography { FontSize = "1rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Caption = new CaptionTypography { FontSize = "0.8125rem", LineHeight = "1.4", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { AppbarHeight = "56px", DefaultBorderRadius = "8px", DrawerWidthLeft = "272px" },
    };
}
